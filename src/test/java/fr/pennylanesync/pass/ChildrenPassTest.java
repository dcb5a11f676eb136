package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChildrenPassTest {

    private static final StreamDefinition STREAM = TestStreams.child("contacts", "customers", 2);

    /** Requests that wait for the budget: others use it, unless a test says otherwise. */
    private int waiting = ChildrenPass.LANES;
    private final MemoryDueList due = new MemoryDueList();
    private final Map<String, FakeList> lists = new HashMap<>();
    private final Map<String, ApiErrorCode> refusals = new HashMap<>();
    private final MemoryLanding landing =
            new MemoryLanding(new Checkpoint(1, "contacts", PassKind.WALK, 4, new Position.Worked(5)));

    @Test
    void theSubListsOfSeveralParentsAreOneBatch() {
        due.add("contacts", 31, 7).add("contacts", 32, 8);
        list(7, 70, 71, 72);
        list(8);
        PageLane pass = pass();
        assertThat(pass.request()).isEqualTo(PageRequest.of("/customers/7/contacts", 2).sortedBy("id"));
        LaneReader.readBatch(pass, this::answer);
        RecordBatch batch = land(pass);
        assertThat(batch.records()).extracting(StreamRecord::id).containsExactly(70L, 71L, 72L);
        assertThat(batch.records()).extracting(StreamRecord::parentId).containsOnly(7L);
        assertThat(batch.answered()).isEqualTo(Map.of(7L, 31L, 8L, 32L));
        assertThat(batch.requestsUsed()).isEqualTo(3);
        assertThat(landing.checkpoint().position()).isEqualTo(new Position.Worked(6));
        assertThat(pass.isUnfinished()).isFalse();
        assertThat(pass.batchRequests()).isZero();
        assertThat(pass.priority()).isEqualTo(Priority.ENRICHMENT);
    }

    @Test
    void tenParentsAreABatchAndTheRestIsTheNext() {
        LongStream.rangeClosed(1, 13).forEach(parent -> {
            due.add("contacts", 1, parent);
            list(parent, parent * 100);
        });
        PageLane pass = pass();
        LaneReader.readBatch(pass, this::answer);
        assertThat(land(pass).answered()).hasSize(DueRecords.PARENTS_PER_BATCH);
        assertThat(pass.isUnfinished()).isTrue();
        LaneReader.readBatch(pass, this::answer);
        RecordBatch second = land(pass);
        assertThat(second.answered()).containsOnlyKeys(11L, 12L, 13L);
        assertThat(second.records()).extracting(StreamRecord::id).containsExactly(1100L, 1200L, 1300L);
        assertThat(pass.isUnfinished()).isFalse();
    }

    /** Lanes land in whatever order they end; the names of their batches stay apart, and so do their parents. */
    @Test
    void lanesReadOtherParentsSideBySide() {
        LongStream.rangeClosed(1, 33).forEach(parent -> {
            due.add("contacts", 1, parent);
            list(parent, parent * 100);
        });
        ChildrenPass pass = new ChildrenPass(STREAM, landing.checkpoint(), due, () -> false, () -> 0);
        List<PageLane> lanes = pass.lanes().stream().map(PageLane.class::cast).toList();
        assertThat(lanes).hasSize(ChildrenPass.LANES).allMatch(PageLane::isUnfinished);
        lanes.forEach(lane -> LaneReader.readBatch(lane, this::answer));

        assertThat(land(lanes.get(2)).answered()).containsOnlyKeys(LongStream.rangeClosed(21, 30).boxed().toList());
        assertThat(landing.checkpoint().position()).isEqualTo(new Position.Worked(8));
        assertThat(land(lanes.get(0)).answered()).containsOnlyKeys(LongStream.rangeClosed(1, 10).boxed().toList());
        assertThat(landing.checkpoint().position()).as("no step back").isEqualTo(new Position.Worked(8));
        assertThat(land(lanes.get(1)).answered()).containsOnlyKeys(LongStream.rangeClosed(11, 20).boxed().toList());
        assertThat(lanes).extracting(PageLane::isUnfinished).containsExactly(false, false, true);
        LaneReader.readBatch(lanes.get(2), this::answer);
        assertThat(land(lanes.get(2)).answered()).containsOnlyKeys(31L, 32L, 33L);
        assertThat(landing.checkpoint()).isEqualTo(pass.checkpoint());
        assertThat(pass.isUnfinished()).isFalse();
    }

    @Test
    void thereIsOneLaneWhileOthersUseTheBudgetAndThreeOnceItHasRoom() {
        LongStream.rangeClosed(1, 75).forEach(parent -> {
            due.add("contacts", 1, parent);
            list(parent);
        });
        ChildrenPass pass = new ChildrenPass(STREAM, landing.checkpoint(), due, () -> false, () -> waiting);
        assertThat(pass.lanes()).hasSize(1);
        PageLane alone = lane(pass);
        LaneReader.readBatch(alone, this::answer);
        land(alone);
        assertThat(alone.isUnfinished()).isTrue();
        waiting = 0;
        LaneReader.readBatch(alone, this::answer);
        land(alone);
        assertThat(alone.isUnfinished()).as("it makes a pause for the others").isFalse();
        assertThat(pass.isUnfinished()).isTrue();
        List<PageLane> lanes = pass.lanes().stream().map(PageLane.class::cast).toList();
        assertThat(lanes).hasSize(ChildrenPass.LANES).allMatch(PageLane::isUnfinished);
        waiting = ChildrenPass.LANES;
        lanes.forEach(lane -> LaneReader.readBatch(lane, this::answer));
        lanes.forEach(this::land);
        assertThat(lanes).extracting(PageLane::isUnfinished).containsExactly(true, false, false);
    }

    @Test
    void whatIsLeftWaitsOnceTheTimeIsUp() {
        LongStream.rangeClosed(1, 45).forEach(parent -> {
            due.add("contacts", 1, parent);
            list(parent);
        });
        ChildrenPass pass = new ChildrenPass(STREAM, landing.checkpoint(), due, () -> true, () -> 0);
        List<PageLane> lanes = pass.lanes().stream().map(PageLane.class::cast).filter(PageLane::isUnfinished).toList();
        lanes.forEach(lane -> {
            LaneReader.readBatch(lane, this::answer);
            land(lane);
        });

        assertThat(pass.isUnfinished()).isFalse();
        assertThat(pass.isPaused()).isTrue();
        assertThat(due.next(1, "contacts", 0, 100)).hasSize(15);
    }

    @Test
    void whereNothingIsDueNothingIsRead() {
        assertThat(pass().isUnfinished()).isFalse();
    }

    @Test
    void aSubListThatIsOptionalIsEmptyWhereThereIsNone() {
        StreamDefinition optional =
                StreamCatalog.load(Path.of("routes"), Map.of()).find("customer_invoices_installments").orElseThrow();
        due.add(optional.name(), 31, 7);
        refusals.put("/customer_invoices/7/installments", ApiErrorCode.NOT_FOUND);
        PageLane pass = lane(new ChildrenPass(optional,
                new Checkpoint(1, optional.name(), PassKind.WALK, 4, new Position.Worked(5)), due, () -> false,
                () -> waiting));
        LaneReader.readBatch(pass, this::answer);
        RecordBatch batch = (RecordBatch) pass.batch();
        assertThat(batch.answered()).isEqualTo(Map.of(7L, 31L));
        assertThat(batch.withheld().notFound()).isEmpty();
    }

    @Test
    void aParentThatIsGoneAndOneThatIsNotHandedOutAreToldApart() {
        due.add("contacts", 1, 7, 8, 9);
        list(9, 90);
        refusals.put("/customers/7/contacts", ApiErrorCode.NOT_FOUND);
        refusals.put("/customers/8/contacts", ApiErrorCode.FORBIDDEN);
        PageLane pass = pass();
        LaneReader.readBatch(pass, this::answer);
        RecordBatch batch = land(pass);
        assertThat(batch.withheld().notFound()).containsExactly(7L);
        assertThat(batch.withheld().forbidden()).containsExactly(8L);
        assertThat(batch.records()).extracting(StreamRecord::id).containsExactly(90L);
        assertThat(batch.requestsUsed()).isEqualTo(3);
        due.add("contacts", 2, 9);
        PageLane next = pass();
        LaneReader.readBatch(next, this::answer);
        assertThat(land(next).withheld().notFound()).isEmpty();
    }

    /** What was told of one batch is not told again of the next. */
    @Test
    void theNextBatchBeginsWithNothing() {
        LongStream.rangeClosed(1, 11).forEach(parent -> due.add("contacts", 1, parent));
        LongStream.rangeClosed(3, 11).forEach(parent -> list(parent, parent * 100));
        refusals.put("/customers/1/contacts", ApiErrorCode.NOT_FOUND);
        refusals.put("/customers/2/contacts", ApiErrorCode.FORBIDDEN);
        PageLane pass = pass();
        LaneReader.readBatch(pass, this::answer);
        assertThat(land(pass).records()).hasSize(8);
        LaneReader.readBatch(pass, this::answer);
        RecordBatch second = land(pass);
        assertThat(second.withheld().notFound()).isEmpty();
        assertThat(second.withheld().forbidden()).isEmpty();
        assertThat(second.records()).extracting(StreamRecord::id).containsExactly(1100L);
    }

    /** Where none of a whole batch is handed out, the company has no right to any of them. */
    @Test
    void aWholeBatchOfRefusalsIsAFailure() {
        LongStream.rangeClosed(1, 10).forEach(parent -> due.add("contacts", 1, parent));
        PageLane pass = pass();
        for (int parent = 1; parent < DueRecords.PARENTS_PER_BATCH; parent++) {
            assertThat(pass.tolerates(failure(ApiErrorCode.FORBIDDEN))).isTrue();
        }
        assertThat(pass.tolerates(failure(ApiErrorCode.FORBIDDEN))).isFalse();
        assertThat(pass.isBatchReady()).isFalse();
    }

    @Test
    void otherFailuresAreNotTolerated() {
        due.add("contacts", 1, 7);
        PageLane pass = pass();
        assertThat(pass.tolerates(failure(ApiErrorCode.SERVER_ERROR))).isFalse();
        assertThat(pass.batchRequests()).isEqualTo(1);
        assertThat(pass.isBatchReady()).isFalse();
    }

    /** A parent that goes while its pages are read leaves none of them behind. */
    @Test
    void aParentThatGoesBetweenTwoPagesHasNoRows() {
        due.add("contacts", 1, 7, 8);
        list(8, 80);
        PageLane pass = pass();
        LaneReader.takePage(pass, FakeList.pageBefore("2", 70, 71));
        assertThat(pass.request().cursor()).contains("2");
        assertThat(pass.tolerates(failure(ApiErrorCode.NOT_FOUND))).isTrue();
        assertThat(pass.request()).isEqualTo(PageRequest.of("/customers/8/contacts", 2).sortedBy("id"));
        LaneReader.readBatch(pass, this::answer);
        assertThat(land(pass).records()).extracting(StreamRecord::id).containsExactly(80L);
    }

    @Test
    void aBatchThatCameToNothingBeginsWithItsFirstParent() {
        due.add("contacts", 1, 7, 8, 9);
        list(7, 70);
        list(8, 80);
        list(9, 90);
        PageLane pass = pass();
        LaneReader.readPage(pass, this::answer);
        pass.tolerates(failure(ApiErrorCode.NOT_FOUND));
        pass.tolerates(failure(ApiErrorCode.FORBIDDEN));
        assertThat(pass.isBatchReady()).isTrue();
        pass.restartBatch();
        assertThat(pass.isBatchReady()).isFalse();
        LaneReader.readBatch(pass, this::answer);
        RecordBatch batch = land(pass);
        assertThat(batch.records()).extracting(StreamRecord::id).containsExactly(70L, 80L, 90L);
        assertThat(batch.withheld().notFound()).isEmpty();
        assertThat(batch.withheld().forbidden()).isEmpty();
    }

    @Test
    void aShortPageOfASubListIsReadThreeTimes() {
        due.add("contacts", 1, 7);
        PageLane pass = pass();
        Page shortPage = FakeList.pageBefore("1", 70);
        LaneReader.takePage(pass, shortPage);
        LaneReader.takePage(pass, shortPage);
        assertThat(pass.request().cursor()).isEmpty();
        LaneReader.takePage(pass, shortPage);
        assertThat(pass.request().cursor()).contains("1");
        assertThat(pass.isBatchReady()).isFalse();
        LaneReader.takePage(pass, FakeList.lastPage(71));
        assertThat(land(pass).records()).extracting(StreamRecord::id).containsExactly(70L, 71L);
    }

    @Test
    void eachPageOfASubListIsProvenForItself() {
        due.add("contacts", 1, 7, 8);
        PageLane pass = pass();
        for (int reading = 0; reading < 3; reading++) {
            LaneReader.takePage(pass, FakeList.pageBefore("1", 70));
        }
        LaneReader.takePage(pass, FakeList.pageBefore("2", 71));
        assertThat(pass.request().cursor()).as("read once").contains("1");
        assertThat(pass.tolerates(failure(ApiErrorCode.NOT_FOUND))).isTrue();
        LaneReader.takePage(pass, FakeList.pageBefore("3", 80));
        assertThat(pass.request()).isEqualTo(PageRequest.of("/customers/8/contacts", 2).sortedBy("id"));
    }

    @Test
    void aPageOfASubListMayNotRepeatTheOneBefore() {
        due.add("contacts", 1, 7);
        PageLane pass = pass();
        LaneReader.takePage(pass, FakeList.pageBefore("a", 70, 71));
        assertThatThrownBy(() -> LaneReader.takePage(pass, FakeList.lastPage(71, 72)))
                .isInstanceOf(SyncException.class);
    }

    @Test
    void aListThatCannotBeSortedIsNotAskedToBe() {
        StreamDefinition unsorted = new StreamDefinition("contacts", "For a test.", STREAM.path(), STREAM.scope(),
                STREAM.reading(), false, 2, STREAM.parent(), STREAM.include(), STREAM.changelog(), Map.of(), Map.of(),
                Map.of(), STREAM.recordDate(), true, STREAM.files(), STREAM.columns(), STREAM.share());
        due.add("contacts", 1, 7);
        assertThat(lane(new ChildrenPass(unsorted, landing.checkpoint(), due, () -> false, () -> waiting)).request())
                .isEqualTo(PageRequest.of("/customers/7/contacts", 2));
    }

    private PageLane pass() {
        return lane(new ChildrenPass(STREAM, landing.checkpoint(), due, () -> false, () -> waiting));
    }

    private static PageLane lane(ChildrenPass pass) {
        return (PageLane) pass.lanes().get(0);
    }

    /** A landing takes what it answers off the list before the pass asks for more. */
    private RecordBatch land(PageLane pass) {
        due.answered("contacts", ((RecordBatch) pass.batch()).answered().keySet());
        return (RecordBatch) landing.land(pass);
    }

    private void list(long parent, long... ids) {
        lists.put("/customers/" + parent + "/contacts", FakeList.of(ids));
    }

    private Page answer(PageRequest request) {
        if (refusals.containsKey(request.path())) {
            throw failure(refusals.get(request.path()));
        }
        return lists.get(request.path()).answer(request);
    }

    private static SyncException failure(ApiErrorCode code) {
        return FailureFacts.at("/customers/{parent}/contacts").failure(code);
    }
}
