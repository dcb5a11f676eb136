package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.ExactJson;
import fr.pennylanesync.api.page.Operator;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.SetAside;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One record, or one parent, that makes the server fail keeps no other from being read. */
class FaultyAnswersTest {

    private static final StreamDefinition STREAM = TestStreams.keyset(100);
    private static final int REQUESTS_MAX = 400;

    private final MemoryDueList due = new MemoryDueList();
    private final Set<Long> poison = new HashSet<>();
    private final Set<Long> there = new TreeSet<>();
    private ApiErrorCode code = ApiErrorCode.SERVER_ERROR;
    private boolean away;
    private int requests;
    private MemoryLanding landing =
            new MemoryLanding(new Checkpoint(1, "customers", PassKind.CHANGES, 2, new Position.Worked(0)));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 50, 51, 99, 100})
    void aRecordThatMakesTheServerFailIsFoundAndTheOthersLand(long faulty) {
        due(100);
        poison.add(faulty);

        RecordBatch batch = readBatch(new RecordsPass(STREAM, landing.checkpoint(), due));

        assertThat(batch.records()).extracting(StreamRecord::id)
                .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 100).filter(id -> id != faulty)
                        .boxed().toList());
        assertThat(batch.answered()).hasSize(99).doesNotContainKey(faulty);
        assertThat(batch.withheld().faulty()).containsExactly(SetAside.unread(0, faulty, "SERVER_ERROR"));
        assertThat(batch.gone()).isEmpty();
        assertThat(requests).isLessThan(40);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_ERROR", "NOT_JSON", "BODY_TOO_LARGE", "MEMORY_EXCEEDED", "JSON_LIMIT_EXCEEDED",
            "BODY_CUT_SHORT", "RESPONSE_TIMEOUT", "CONNECTION_RESET"})
    void neighboursMayFailToo(ApiErrorCode with) {
        code = with;
        due(100);
        poison.addAll(List.of(1L, 2L, 50L, 51L, 100L));

        RecordBatch batch = readBatch(new RecordsPass(STREAM, landing.checkpoint(), due));

        assertThat(batch.records()).hasSize(95);
        assertThat(batch.withheld().faulty()).extracting(SetAside::recordId).containsExactlyInAnyOrder(1L, 2L, 50L,
                51L, 100L);
        assertThat(batch.withheld().faulty()).extracting(SetAside::reason).containsOnly(with.name());
    }

    @Test
    void theOnlyRecordThatIsDueIsSetAsideWhereTheServerAnswersOtherwise() {
        due(1);
        poison.add(1L);

        RecordBatch batch = readBatch(new RecordsPass(STREAM, landing.checkpoint(), due));

        assertThat(batch.withheld().faulty()).extracting(SetAside::recordId).containsExactly(1L);
        assertThat(batch.answered()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void aServerThatIsAwayIsNotTakenForABadRecord(int records) {
        due(records);
        away = true;
        RecordsPass pass = new RecordsPass(STREAM, landing.checkpoint(), due);

        assertThatThrownBy(() -> readBatch(pass)).isInstanceOf(SyncException.class);

        away = false;
        assertThat(readBatch(pass).withheld().faulty()).isEmpty();
    }

    @Test
    void manyFaultyRecordsAreSetAsideAFewAtATime() {
        due(250);
        LongStream.rangeClosed(1, 250).forEach(poison::add);
        RecordsPass pass = new RecordsPass(STREAM, landing.checkpoint(), due);

        int setAside = 0;
        while (pass.isUnfinished()) {
            RecordBatch batch = readBatch(pass);
            assertThat(batch.answered()).isEmpty();
            setAside += batch.withheld().faulty().size();
        }

        assertThat(setAside).isEqualTo(AnswerFaults.PER_PASS_MAX);
        assertThat(requests).isLessThan(REQUESTS_MAX);
    }

    @Test
    void aRecordThatFailsWhenItIsAskedForAloneIsSetAside() {
        due(3);
        there.remove(2L);
        poison.add(-2L);

        RecordBatch batch = readBatch(new RecordsPass(STREAM, landing.checkpoint(), due));

        assertThat(batch.records()).extracting(StreamRecord::id).containsExactly(1L, 3L);
        assertThat(batch.withheld().faulty()).extracting(SetAside::recordId).containsExactly(2L);
    }

    @Test
    void aParentWhoseSubListFailsIsPassedBy() {
        PageLane pass = children(13);
        poison.addAll(List.of(3L, 10L, 13L));

        RecordBatch first = readBatch(pass);
        RecordBatch second = readBatch(pass);

        assertThat(first.records()).extracting(StreamRecord::parentId).containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(first.withheld().faulty()).containsExactly(SetAside.unread(3, 0, "SERVER_ERROR"),
                SetAside.unread(10, 0, "SERVER_ERROR"));
        assertThat(second.records()).extracting(StreamRecord::parentId).containsExactly(11L, 12L);
        assertThat(second.withheld().faulty()).containsExactly(SetAside.unread(13, 0, "SERVER_ERROR"));
        assertThat(pass.isUnfinished()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13})
    void aServerThatIsAwayIsNotTakenForABadParent(int parents) {
        PageLane pass = children(parents);
        away = true;

        assertThatThrownBy(() -> readBatch(pass)).isInstanceOf(SyncException.class);
        assertThat(pass.isBatchReady()).isFalse();
    }

    @Test
    void manyFaultyParentsAreSetAsideAFewAtATime() {
        PageLane pass = children(35);
        LongStream.rangeClosed(1, 35).forEach(poison::add);

        int setAside = 0;
        while (pass.isUnfinished()) {
            setAside += readBatch(pass).withheld().faulty().size();
        }

        assertThat(setAside).isEqualTo(AnswerFaults.PER_PASS_MAX);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 1_000_003, 1_000_250, 9_007_199_254_740_993L, Long.MAX_VALUE})
    void aRecordThatNoPageCanHoldIsFoundByItsIdAndTheOthersLand(long faulty) {
        there.addAll(List.of(1L, 7L, 9_007_199_254_740_993L, Long.MAX_VALUE));
        LongStream.rangeClosed(1_000_000, 1_000_300).forEach(there::add);
        poison.add(faulty);

        List<RecordBatch> batches = walk();

        there.remove(faulty);
        assertThat(batches.stream().flatMap(batch -> batch.records().stream()).map(StreamRecord::id))
                .containsExactlyInAnyOrderElementsOf(there);
        assertThat(batches.stream().flatMap(batch -> batch.withheld().faulty().stream()))
                .containsExactly(SetAside.unread(0, faulty, "SERVER_ERROR"));
        assertThat(requests).isLessThan(REQUESTS_MAX);
    }

    @Test
    void aListThatIsAwayIsNotSearchedForABadRecord() {
        there.add(1L);
        away = true;

        assertThatThrownBy(this::walk).isInstanceOf(SyncException.class);
        assertThat(requests).isEqualTo(2);
    }

    private List<RecordBatch> walk() {
        landing = new MemoryLanding(new Checkpoint(1, "customers", PassKind.WALK, 2, Position.Unread.ALL));
        KeysetPass pass = new KeysetPass(STREAM, landing.checkpoint(), new IncludedChild(Optional.empty()),
                Optional.empty());
        List<RecordBatch> batches = new ArrayList<>();
        while (pass.isUnfinished()) {
            for (Lane lane : pass.lanes()) {
                while (lane.isUnfinished()) {
                    batches.add(readBatch((PageLane) lane));
                }
            }
        }
        return batches;
    }

    private JsonNode page(PageRequest request) {
        List<Long> found = there.stream().filter(id -> request.conditions().stream().allMatch(
                condition -> condition.operator() == Operator.GT ? id > condition.value().longValue()
                        : id <= condition.value().longValue()))
                .sorted(request.sort().orElseThrow().startsWith("-") ? Comparator.reverseOrder()
                        : Comparator.naturalOrder())
                .toList();
        List<Long> items = found.subList(0, Math.min(found.size(), request.limit()));
        if (items.stream().anyMatch(poison::contains)) {
            throw failure(code);
        }
        boolean more = items.size() < found.size();
        return json(String.join(",", items.stream().map("{\"id\":%d}"::formatted).toList()), more);
    }

    private void due(int records) {
        LongStream.rangeClosed(1, records).forEach(id -> {
            due.add("customers", 7, id);
            there.add(id);
        });
    }

    private PageLane children(int parents) {
        LongStream.rangeClosed(1, parents).forEach(id -> due.add("contacts", 7, id));
        landing = new MemoryLanding(new Checkpoint(1, "contacts", PassKind.WALK, 2, new Position.Worked(0)));
        return (PageLane) new ChildrenPass(TestStreams.child("contacts", "customers", 100), landing.checkpoint(), due,
                () -> false, () -> ChildrenPass.LANES).lanes().get(0);
    }

    /** Reads a batch as the routes do: a failure that repeats is given to the lane, if it can isolate it. */
    private RecordBatch readBatch(PageLane lane) {
        while (!lane.isBatchReady()) {
            requests++;
            try {
                LaneReader.takePage(lane, lane.read(answer(lane.request())));
            } catch (SyncException failure) {
                if (lane.tolerates(failure)) {
                    continue;
                }
                if (!lane.isolates(failure)) {
                    throw failure;
                }
                lane.isolate(failure);
            }
        }
        RecordBatch batch = (RecordBatch) lane.batch();
        if (!(lane instanceof KeysetLane)) {
            Set<Long> done = new HashSet<>(batch.answered().keySet());
            batch.withheld().faulty()
                    .forEach(item -> done.add(lane.stream().isChild() ? item.parentId() : item.recordId()));
            due.answered(lane.stream().name(), done);
        }
        landing.land(lane);
        return batch;
    }

    private JsonNode answer(PageRequest request) {
        if (away) {
            throw failure(code);
        }
        if (request.path().endsWith("contacts")) {
            return subList(Long.parseLong(request.path().split("/")[2]));
        }
        if (!request.isPaged()) {
            return record(Long.parseLong(request.path().substring("/customers/".length())));
        }
        if (request.conditions().stream().noneMatch(condition -> condition.operator() == Operator.IN)) {
            return page(request);
        }
        List<Long> asked = StreamSupport.stream(request.conditions().get(0).value().spliterator(), false)
                .map(JsonNode::longValue).toList();
        if (asked.stream().anyMatch(poison::contains)) {
            throw failure(code);
        }
        return json(String.join(",", asked.stream().filter(there::contains).map("{\"id\":%d}"::formatted).toList()));
    }

    private JsonNode record(long id) {
        if (poison.contains(-id)) {
            throw failure(code);
        }
        throw failure(ApiErrorCode.NOT_FOUND);
    }

    private JsonNode subList(long parent) {
        if (parent == 0) {
            throw failure(ApiErrorCode.NOT_FOUND);
        }
        if (poison.contains(parent)) {
            throw failure(code);
        }
        return json("{\"id\":" + parent * 10 + "}");
    }

    private static JsonNode json(String items) {
        return json(items, false);
    }

    private static JsonNode json(String items, boolean more) {
        try {
            return ExactJson.MAPPER.readTree("{\"items\":[%s],\"has_more\":%b,\"next_cursor\":%s}".formatted(items,
                    more, more ? "\"" + items.hashCode() + "\"" : "null"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static SyncException failure(ApiErrorCode code) {
        return FailureFacts.at("/customers").failure(code);
    }
}
