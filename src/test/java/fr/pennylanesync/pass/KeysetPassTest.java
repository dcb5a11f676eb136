package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.IncludedList;
import fr.pennylanesync.api.page.Operator;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeysetPassTest {

    private static final StreamDefinition STREAM = TestStreams.keyset(10);
    private static final Checkpoint START =
            new Checkpoint(7, STREAM.name(), PassKind.WALK, 1, Position.Unread.ALL);

    private final MemoryLanding landing = new MemoryLanding(START);

    @Test
    void everyPageProvesWhereItBegins() {
        FakeList api = list(25);
        PageLane lane = onlyLane(pass(Optional.empty()));
        LaneReader.step(lane, api::answer, landing);
        assertThat(api.lastRequest()).isEqualTo(PageRequest.of("/customers", 10).sortedBy("id"));
        LaneReader.step(lane, api::answer, landing);
        assertThat(api.lastRequest())
                .isEqualTo(PageRequest.of("/customers", 10).sortedBy("id").where(Condition.of("id", Operator.GT, 10)));
        assertThat(landing.checkpoint().position()).isEqualTo(new Position.Unread(List.of(new IdRange(20, null))));
    }

    @Test
    void onlyAnEmptyPageEndsAListWithoutAnEnd() {
        KeysetPass pass = pass(Optional.empty());
        PageLane lane = onlyLane(pass);
        LaneReader.takePage(lane, FakeList.lastPage(1, 2));
        landing.land(lane);
        assertThat(lane.isUnfinished()).isTrue();
        assertThat(pass.isUnfinished()).isTrue();
        LaneReader.takePage(lane, FakeList.lastPage());
        landing.land(lane);
        assertThat(lane.isUnfinished()).isFalse();
        assertThat(pass.isUnfinished()).isFalse();
        assertThat(landing.checkpoint().isEnded()).isTrue();
    }

    @Test
    void aBoundedRangeEndsWithItsLastIdAndAsksForNoMore() {
        KeysetPass pass = new KeysetPass(STREAM, START.at(new Position.Unread(List.of(new IdRange(5, 20L)))),
                new IncludedChild(Optional.empty()), Optional.empty());
        PageLane lane = onlyLane(pass);
        assertThat(lane.request().conditions())
                .containsExactly(Condition.of("id", Operator.GT, 5), Condition.of("id", Operator.LTEQ, 20));
        LaneReader.takePage(lane, FakeList.lastPage(6, 20));
        landing(pass).land(lane);
        assertThat(pass.isUnfinished()).isFalse();
    }

    @Test
    void aLongListIsSharedOutAmongFourLanes() {
        FakeList api = list(1000);
        KeysetPass pass = pass(Optional.empty());
        PageLane alone = onlyLane(pass);
        while (alone.isUnfinished()) {
            LaneReader.step(alone, api::answer, landing);
        }
        assertThat(api.lastRequest()).isEqualTo(PageRequest.of("/customers", 1).sortedBy("-id"));
        assertThat(landing.ids()).hasSize(30);
        assertThat(pass.lanes()).hasSize(KeysetPass.LANES);
        assertThat(pass.lanes().stream().map(lane -> lane.checkpoint().position()))
                .startsWith(new Position.AfterId(30)).doesNotHaveDuplicates();
        PageLane last = (PageLane) pass.lanes().get(KeysetPass.LANES - 1);
        assertThat(last.request().conditions()).as("nothing behind the last range is left out").singleElement()
                .satisfies(condition -> assertThat(condition.operator()).isEqualTo(Operator.GT));
    }

    @Test
    void whereAllLanesAreInUseNobodyAsksForTheNewestId() {
        List<IdRange> ranges = List.of(new IdRange(0, 10L), new IdRange(10, 20L), new IdRange(20, 30L),
                new IdRange(30, null));
        KeysetPass pass = new KeysetPass(STREAM, START.at(new Position.Unread(ranges)),
                new IncludedChild(Optional.empty()), Optional.empty());
        PageLane last = (PageLane) pass.lanes().get(3);
        MemoryLanding landed = landing(pass);
        FakeList api = list(1000);
        for (int page = 0; page < 4; page++) {
            LaneReader.step(last, api::answer, landed);
        }
        assertThat(api.requests()).hasSize(4).allSatisfy(request -> assertThat(request.sort()).contains("id"));
    }

    /** A range without records is read once it gave an empty page, however wide it is. */
    @Test
    void whatALaneHasReadToItsEndIsNotSharedOut() {
        KeysetPass pass = new KeysetPass(STREAM,
                START.at(new Position.Unread(List.of(new IdRange(0, 5000L), new IdRange(6000, 6010L)))),
                new IncludedChild(Optional.empty()), Optional.empty());
        List<Lane> lanes = pass.lanes();
        MemoryLanding landed = landing(pass);
        PageLane wide = (PageLane) lanes.get(0);
        LaneReader.takePage(wide, FakeList.lastPage(1, 2, 3));
        landed.land(wide);
        LaneReader.takePage(wide, FakeList.lastPage());
        landed.land(wide);
        assertThat(wide.isUnfinished()).isFalse();
        assertThat(((PageLane) lanes.get(1)).isUnfinished()).as("it goes on with its own range").isTrue();
    }

    @Test
    void theNewestIdIsAskedForOnceAndARefusalOfItIsNoFailure() {
        FakeList api = list(60);
        KeysetPass pass = pass(Optional.empty());
        PageLane lane = onlyLane(pass);
        for (int page = 0; page < 3; page++) {
            LaneReader.step(lane, api::answer, landing);
        }
        assertThat(lane.request().sort()).contains("-id");
        assertThat(lane.tolerates(failure(ApiErrorCode.SERVER_ERROR))).isFalse();
        assertThat(lane.tolerates(failure(ApiErrorCode.BAD_REQUEST))).isTrue();
        while (lane.isUnfinished()) {
            LaneReader.step(lane, api::answer, landing);
            assertThat(lane.isUnfinished() ? lane.request().sort() : Optional.of("id")).contains("id");
        }
        assertThat(landing.ids()).isEqualTo(api.ids());
        assertThat(pass.isUnfinished()).isFalse();
    }

    /** The newest id comes back as nothing where the last record went meanwhile: the lane goes on alone. */
    @Test
    void aListThatBecameEmptyHasNoNewestId() {
        FakeList api = list(60);
        PageLane lane = onlyLane(pass(Optional.empty()));
        for (int page = 0; page < 3; page++) {
            LaneReader.step(lane, api::answer, landing);
        }
        LaneReader.takePage(lane, FakeList.lastPage());
        assertThat(lane.isUnfinished()).isTrue();
        assertThat(lane.isBatchReady()).isFalse();
        assertThat(lane.request().sort()).contains("id");
    }

    @Test
    void aLaneThatEndsGivesTheOthersRangesToShareOutAnew() {
        KeysetPass pass = new KeysetPass(STREAM,
                START.at(new Position.Unread(List.of(new IdRange(0, 12L), new IdRange(100, 5000L)))),
                new IncludedChild(Optional.empty()), Optional.empty());
        List<Lane> lanes = pass.lanes();
        assertThat(lanes).hasSize(2);
        PageLane first = (PageLane) lanes.get(0);
        PageLane second = (PageLane) lanes.get(1);
        MemoryLanding landed = landing(pass);
        LaneReader.takePage(second, FakeList.pageBefore("a", 101, 102, 103, 104, 105, 106, 107, 108, 109, 110));
        landed.land(second);
        assertThat(second.isUnfinished()).isTrue();
        LaneReader.takePage(first, FakeList.lastPage(1, 12));
        landed.land(first);
        assertThat(first.isUnfinished()).isFalse();
        assertThat(second.isUnfinished()).isFalse();
        assertThat(pass.isUnfinished()).isTrue();
        assertThat(pass.lanes()).hasSize(KeysetPass.LANES);
        assertThat(pass.lanes().get(0).isUnfinished()).isTrue();
    }

    @Test
    void noMoreLanesThanFourAreOpenedWhateverTheCheckpointHolds() {
        List<IdRange> ranges = LongStream.range(0, 9).mapToObj(n -> new IdRange(n * 10, n * 10 + 5)).toList();
        KeysetPass pass = new KeysetPass(STREAM, START.at(new Position.Unread(ranges)),
                new IncludedChild(Optional.empty()), Optional.empty());
        assertThat(pass.lanes()).hasSize(KeysetPass.LANES);
    }

    @Test
    void aBatchThatCameToNothingIsReadAgainFromTheSameId() {
        FakeList api = list(25);
        PageLane lane = onlyLane(pass(Optional.empty()));
        LaneReader.readBatch(lane, api::answer);
        PageRequest first = api.lastRequest();
        lane.restartBatch();
        assertThat(lane.isBatchReady()).isFalse();
        LaneReader.readBatch(lane, api::answer);
        assertThat(api.lastRequest()).isEqualTo(first);
        assertThat(lane.batchRequests()).isEqualTo(2);
        landing.land(lane);
        assertThat(landing.ids()).containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
        assertThat(((RecordBatch) landing.batches().get(0)).requestsUsed()).isEqualTo(2);
        assertThat(lane.batchRequests()).isZero();
    }

    @Test
    void aPageThatContradictsItsRequestIsNoBatch() {
        PageLane lane = onlyLane(pass(Optional.empty()));
        LaneReader.takePage(lane, FakeList.lastPage(5, 6));
        landing.land(lane);
        assertThatThrownBy(() -> LaneReader.takePage(lane, FakeList.lastPage(6, 7))).isInstanceOf(SyncException.class);
        assertThat(lane.isBatchReady()).isFalse();
    }

    @Test
    void aSweepSaysSoInEachBatchAndAWalkInNone() {
        SweepGuard guard = new SweepGuard(false);
        PageLane sweep = onlyLane(pass(Optional.of(guard)));
        LaneReader.takePage(sweep, FakeList.lastPage(1));
        assertThat(((RecordBatch) sweep.batch()).sweep()).contains(guard);
        PageLane walk = onlyLane(pass(Optional.empty()));
        LaneReader.takePage(walk, FakeList.lastPage(1));
        assertThat(((RecordBatch) walk.batch()).sweep()).isEmpty();
    }

    @Test
    void subListsComeAlongUntilTheyAreRefused() {
        StreamDefinition child = TestStreams.child("contacts", "customers", 10);
        IncludedChild included = new IncludedChild(Optional.of(child));
        KeysetPass pass = new KeysetPass(STREAM, START, included, Optional.empty());
        PageLane lane = onlyLane(pass);
        assertThat(lane.request().include()).contains("contacts");
        Page page = FakeList.including(FakeList.lastPage(1, 2),
                Map.of(1L, new IncludedList(List.of(FakeList.item(70)), false)));
        LaneReader.takePage(lane, page);
        RecordBatch batch = (RecordBatch) landing.land(lane);
        assertThat(batch.included()).singleElement().satisfies(list -> {
            assertThat(list.stream()).isEqualTo(child);
            assertThat(list.wholeParents()).containsExactly(1L);
            assertThat(list.records()).singleElement().satisfies(record -> {
                assertThat(record.id()).isEqualTo(70);
                assertThat(record.parentId()).isEqualTo(1);
            });
        });
        assertThat(lane.request().include()).contains("contacts");
        assertThat(lane.tolerates(failure(ApiErrorCode.BAD_REQUEST))).isTrue();
        assertThat(lane.request().include()).isEmpty();
        assertThat(lane.tolerates(failure(ApiErrorCode.BAD_REQUEST))).isFalse();
    }

    @Test
    void aLaneIsTheCompanysAndOfTheWalk() {
        PageLane lane = onlyLane(pass(Optional.empty()));
        assertThat(lane.companyId()).isEqualTo(7);
        assertThat(lane.priority()).isEqualTo(Priority.WALK);
        assertThat(lane.stream()).isEqualTo(STREAM);
        assertThat(lane.isShared()).isFalse();
        assertThat(lane.isResumable()).isTrue();
        assertThat(lane.batchKey()).hasToString("7/customers/walk/1/after 0");
    }

    private static SyncException failure(ApiErrorCode code) {
        return FailureFacts.at("/customers").failure(code);
    }

    private static KeysetPass pass(Optional<SweepGuard> sweep) {
        return new KeysetPass(STREAM, START, new IncludedChild(Optional.empty()), sweep);
    }

    private static MemoryLanding landing(KeysetPass pass) {
        return new MemoryLanding(pass.checkpoint());
    }

    private static PageLane onlyLane(KeysetPass pass) {
        List<Lane> lanes = pass.lanes();
        assertThat(lanes).hasSize(1);
        return (PageLane) lanes.get(0);
    }

    private static FakeList list(long size) {
        return FakeList.of(LongStream.rangeClosed(1, size).toArray());
    }
}
