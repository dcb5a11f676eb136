package fr.pennylanesync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.ShareBatch;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.pass.MemoryLanding;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.SetAsideRow;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.share.TestPartitions;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryPassTest {

    private static final StreamDefinition STREAM = TestStreams.shareOnly("ledger");
    private static final RowDigest TWO_ROWS = new RowDigest(2, 77);

    private final List<String> columns = new ArrayList<>();
    private List<Long> vanished = List.of();
    private Set<Long> unfit = Set.of();

    @Test
    void aPartitionIsReadLandedAndTakenOffTheList() {
        HistoryPass pass = pass(2, "2026-01..2026-02", "2026-02..2026-03");
        MemoryLanding landing = new MemoryLanding(pass.checkpoint());
        PartitionLane lane = (PartitionLane) pass.lanes().get(0);
        open(lane, 2, 77, 5, 6);
        lane.takeRows();
        assertThat(lane.isBatchReady()).isTrue();
        assertThat(((ShareBatch) lane.batch()).records()).extracting(StreamRecord::id).containsExactly(5L, 6L);
        landing.land(lane, TWO_ROWS);
        assertThat(landing.checkpoint().position()).as("a partition is read as a whole")
                .isEqualTo(pass.checkpoint().position());
        lane.takeRows();
        assertThat(lane.isBatchReady()).isFalse();
        assertThat(lane.hasRows()).isFalse();
        assertThat(lane.isEqual()).isTrue();
        vanished = List.of(9L);
        lane.close();
        ShareBatch.End end = ((ShareBatch) landing.land(lane)).end().orElseThrow();
        assertThat(end).isEqualTo(
                new ShareBatch.End(end.partition(), TWO_ROWS, true, List.of(9L), Set.of(), Optional.empty()));
        assertThat(end.partition()).hasToString("2026-01..2026-02");
        assertThat(landing.checkpoint().position())
                .isEqualTo(new Position.Partitions(List.of("2026-02..2026-03"), false));
        assertThat(pass.checkpoint()).isEqualTo(landing.checkpoint());
        assertThat(pass.isUnfinished()).isTrue();
    }

    @Test
    void theLastPartitionEndsThePass() {
        HistoryPass pass = pass(1, "undated");
        MemoryLanding landing = new MemoryLanding(pass.checkpoint());
        PartitionLane lane = (PartitionLane) pass.lanes().get(0);
        open(lane, 0, 0);
        lane.takeRows();
        lane.close();
        landing.land(lane);
        assertThat(lane.isUnfinished()).isFalse();
        assertThat(pass.isUnfinished()).isFalse();
        assertThat(pass.lanes()).isEmpty();
        assertThat(landing.checkpoint().isEnded()).isTrue();
    }

    /** Each half is landed, and taken off the list, as a partition of its own. */
    @Test
    void aPartitionThatTakesTooLongIsReadInHalves() {
        HistoryPass pass = pass(1, "2026-01..2026-05", "undated");
        MemoryLanding landing = new MemoryLanding(pass.checkpoint());
        PartitionLane lane = (PartitionLane) pass.lanes().get(0);
        SyncException late = new SyncException(ShareErrorCode.SHARE_TIMEOUT);
        assertThat(lane.isolates(new SyncException(ShareErrorCode.SHARE_CUT))).isFalse();
        List<String> read = new ArrayList<>();
        for (int cuts : new int[] {2, 0, 1, 0, 0}) {
            for (int i = 0; i < cuts; i++) {
                assertThat(lane.isolates(late)).isTrue();
                lane.isolate(late);
            }
            open(lane, 0, 0);
            lane.takeRows();
            lane.close();
            read.add(((ShareBatch) landing.land(lane)).end().orElseThrow().partition().toString());
            assertThat(landing.checkpoint()).isEqualTo(pass.checkpoint());
            if (read.size() == 1) {
                assertThat(landing.checkpoint().position()).isEqualTo(
                        new Position.Partitions(List.of("2026-02..2026-03", "2026-03..2026-05", "undated"), false));
                assertThat(lane.isolates(late)).as("one month is not cut").isFalse();
            }
        }
        assertThat(read).containsExactly("2026-01..2026-02", "2026-02..2026-03", "2026-03..2026-04",
                "2026-04..2026-05", "undated");
        assertThat(pass.isUnfinished()).isFalse();
    }

    /** Only behind the last partition it is known how many rows would go. */
    @Test
    void thePartitionWithoutRowsIsTakenBehindAllOthers() {
        HistoryPass pass = pass(3, "2026-01..2026-02", "2026-02..2026-03", "no rows");
        MemoryLanding landing = new MemoryLanding(pass.checkpoint());
        List<Lane> lanes = pass.lanes();
        assertThat(lanes).hasSize(2);
        for (int i = 0; i < 2; i++) {
            PartitionLane lane = (PartitionLane) lanes.get(i);
            open(lane, 0, 0);
            lane.takeRows();
            lane.close();
            landing.land(lane);
            assertThat(lane.isUnfinished()).isEqualTo(i == 1);
        }
        PartitionLane last = (PartitionLane) lanes.get(1);
        open(last, 0, 0);
        last.takeRows();
        vanished = List.of(9L);
        last.close();
        assertThat(((ShareBatch) landing.land(last)).end().orElseThrow().gone()).containsExactly(9L);
        assertThat(pass.isUnfinished()).isFalse();
    }

    @Test
    void lanesTakeDifferentPartitionsAndNoMoreThanThereAre() {
        HistoryPass pass = pass(2, "2026-01..2026-02", "2026-02..2026-03", "undated");
        List<Lane> lanes = pass.lanes();
        assertThat(lanes).hasSize(2);
        assertThat(lanes.stream().map(lane -> lane.checkpoint().position().batchKey())).containsExactly(
                "partition 2026-01 reading 0 batch 1", "partition 2026-02 reading 0 batch 1");
        assertThat(pass.lanes().stream().map(lane -> lane.checkpoint().position().batchKey()))
                .as("what an earlier lane left open is taken again").startsWith("partition 2026-01 reading 0 batch 1");
        assertThat(pass(1, "2026-01..2026-02", "undated").lanes()).hasSize(1);
        assertThat(pass(2, "undated").lanes()).hasSize(1);
        assertThat(lanes.get(0).isShared()).isTrue();
        assertThat(lanes.get(0).batchRequests()).isZero();
        assertThat(lanes.get(0).stream()).isEqualTo(STREAM);
    }

    /** It counts as any other row: the partition is proven with it, and nothing goes because it is not landed. */
    @Test
    void aRowWithoutAnIdIsSetAsideAndTheOthersAreLanded() {
        HistoryPass pass = pass(1, "undated");
        MemoryLanding landing = new MemoryLanding(pass.checkpoint());
        PartitionLane lane = (PartitionLane) pass.lanes().get(0);
        open(lane, 3, 77, 5);
        Map<String, Object> nameless = TestPartitions.columns(1, 0, "nameless", "1");
        nameless.put("c1", null);
        lane.rows(List.of(nameless, nameless, TestPartitions.columns(1, 5, "row 5", "1")).iterator());
        lane.takeRows();
        ShareBatch batch = (ShareBatch) lane.batch();
        assertThat(batch.records()).extracting(StreamRecord::id).containsExactly(5L);
        assertThat(batch.setAside()).extracting(SetAsideRow::reason)
                .containsOnly("SHARE_ROW_WITHOUT_ID");
        assertThat(batch.setAside()).extracting(SetAsideRow::name).hasSize(2).doesNotHaveDuplicates();
        landing.land(lane, new RowDigest(3, 77));
        lane.takeRows();
        assertThat(lane.isEqual()).isTrue();
        vanished = List.of();
        lane.close();
        ShareBatch.End end = ((ShareBatch) landing.land(lane)).end().orElseThrow();
        assertThat(end.setAside()).containsExactlyInAnyOrderElementsOf(
                batch.setAside().stream().map(SetAsideRow::name).toList());
        assertThat(unfit).containsExactly(0L);
    }

    @Test
    void rowsWithOneIdAreAllSetAside() {
        HistoryPass pass = pass(1, "undated");
        PartitionLane lane = (PartitionLane) pass.lanes().get(0);
        lane.open(TestPartitions.snapshot());
        Map<String, Object> digest = new LinkedHashMap<>(Map.of("rows", 3L));
        digest.put("sum", BigDecimal.ONE);
        digest.put("with_id", 3L);
        digest.put("distinct_ids", 2L);
        lane.expect(digest);
        assertThat(lane.isRepeating()).isTrue();
        assertThat(lane.repeatedIdsStatement()).contains("having count(*) > 1");
        lane.repeatedIds(List.of(Map.of("repeated_id", 5L)));
        lane.rows(LongStream.of(5, 6, 5).mapToObj(id -> TestPartitions.columns(1, id, "row", "1")).iterator());
        lane.takeRows();
        assertThat(((ShareBatch) lane.batch()).records()).extracting(StreamRecord::id).containsExactly(6L);
        assertThat(((ShareBatch) lane.batch()).setAside()).extracting(SetAsideRow::id).containsExactly(5L, 5L);
    }

    /** Batches of a reading that came to nothing must not pass for those of the next. */
    @Test
    void aPartitionThatIsReadAgainHasBatchesOfOtherNames() {
        PartitionLane lane = (PartitionLane) pass(1, "undated").lanes().get(0);
        open(lane, 1, 1, 5);
        String first = lane.batchKey().position();
        open(lane, 1, 1, 5);
        assertThat(lane.batchKey().position()).isNotEqualTo(first);
    }

    @Test
    void whatDiffersIsReadAgainThenSetAside() {
        HistoryPass pass = pass(1, "undated");
        MemoryLanding landing = new MemoryLanding(pass.checkpoint());
        PartitionLane lane = (PartitionLane) pass.lanes().get(0);
        open(lane, 3, 77, 5, 6);
        lane.takeRows();
        landing.land(lane, TWO_ROWS);
        lane.takeRows();
        assertThat(lane.isEqual()).isFalse();
        SyncException differs = catchThrowableOfType(SyncException.class, lane::readAgainOrSetAside);
        assertThat(differs.code()).isEqualTo(ShareErrorCode.SHARE_DIGEST_DIFFERS);
        assertThat(differs).hasMessageContaining("3 rows in the share, 2 landed");
        open(lane, 3, 77);
        lane.takeRows();
        assertThat(lane.isEqual()).as("what was landed before counts no more").isFalse();
        vanished = List.of(9L);
        lane.readAgainOrSetAside();
        ShareBatch.End end = ((ShareBatch) landing.land(lane)).end().orElseThrow();
        assertThat(end.equal()).isFalse();
        assertThat(end.gone()).as("nothing is deleted by a partition that is not proven").isEmpty();
        assertThat(pass.isUnfinished()).isFalse();
    }

    @Test
    void theNextPartitionMayBeReadAgainAsWell() {
        HistoryPass pass = pass(1, "2026-01..2026-02", "undated");
        MemoryLanding landing = new MemoryLanding(pass.checkpoint());
        PartitionLane lane = (PartitionLane) pass.lanes().get(0);
        open(lane, 1, 1);
        lane.takeRows();
        assertThatThrownBy(lane::readAgainOrSetAside).isInstanceOf(SyncException.class);
        open(lane, 1, 1);
        lane.takeRows();
        lane.readAgainOrSetAside();
        landing.land(lane);
        open(lane, 1, 1);
        lane.takeRows();
        assertThatThrownBy(lane::readAgainOrSetAside).isInstanceOf(SyncException.class);
    }

    @Test
    void rowsThatBreakOffAreAFailureAndNoBatch() {
        PartitionLane lane = (PartitionLane) pass(1, "undated").lanes().get(0);
        open(lane, 1, 1);
        lane.rows(new Iterator<Object>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Object next() {
                return TestPartitions.columns(2, 5, "another company's", "1");
            }
        });
        SyncException misrouted = catchThrowableOfType(SyncException.class, lane::takeRows);
        assertThat(misrouted.code()).isEqualTo(ShareErrorCode.SHARE_ROW_MISROUTED);
        assertThat(lane.isBatchReady()).isFalse();
    }

    @Test
    void theStatementsAreThoseOfThePartition() {
        PartitionLane lane = (PartitionLane) pass(1, "undated").lanes().get(0);
        assertThatThrownBy(lane::digestStatement).isInstanceOf(NoSuchElementException.class);
        open(lane, 1, 1);
        assertThat(lane.digestStatement()).contains("\"pennylane\".\"ledger\"");
        assertThat(lane.rowsStatement()).contains("\"pennylane\".\"ledger\"").isNotEqualTo(lane.digestStatement());
        assertThat(columns).containsExactly("pennylane.ledger [id, label]");
    }

    private static void open(PartitionLane lane, long rows, long sum, long... ids) {
        lane.open(TestPartitions.snapshot());
        assertThat(lane.hasRows()).isTrue();
        Map<String, Object> digest = new LinkedHashMap<>();
        digest.put("rows", rows);
        digest.put("sum", BigDecimal.valueOf(sum));
        lane.expect(digest);
        lane.rows(LongStream.of(ids).mapToObj(id -> TestPartitions.columns(1, id, "row " + id, "1")).iterator());
    }

    private HistoryPass pass(int connections, String... partitions) {
        Checkpoint at = new Checkpoint(1, STREAM.name(), PassKind.HISTORY, 2,
                new Position.Partitions(List.of(partitions), false));
        return new HistoryPass(STREAM, at, new HistoryPass.HistoryDependencies(connections,
                (snapshot, table, company, partition) -> TestPartitions.read(STREAM, company, partition),
                (table, present) -> {
                    columns.add(table + " " + present.keySet().stream().sorted().toList());
                    return List.of();
                }, (partition, reading, setAside) -> {
                    unfit = setAside;
                    return vanished;
                }, false));
    }
}
