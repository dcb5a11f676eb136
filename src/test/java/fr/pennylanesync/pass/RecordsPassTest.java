package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecordsPassTest {

    private static final StreamDefinition STREAM = TestStreams.keyset(100);

    private final MemoryDueList due = new MemoryDueList();
    private final MemoryLanding landing =
            new MemoryLanding(new Checkpoint(1, "customers", PassKind.CHANGES, 2, new Position.Worked(0)));

    @Test
    void recordsThatAreDueAreReadInOneRequest() {
        due.add("customers", 41, 3, 9);
        FakeList api = FakeList.of(1, 3, 9, 12);
        RecordsPass pass = pass();
        assertThat(pass.priority()).isEqualTo(Priority.CHANGES);
        LaneReader.readBatch(pass, api::answer);
        assertThat(api.requests()).containsExactly(
                PageRequest.of("/customers", 100).sortedBy("id").where(Condition.in("id", List.of(3L, 9L))));
        RecordBatch batch = land(pass);
        assertThat(batch.records()).extracting(StreamRecord::id).containsExactly(3L, 9L);
        assertThat(batch.answered()).isEqualTo(Map.of(3L, 41L, 9L, 41L));
        assertThat(batch.touched()).isTrue();
        assertThat(batch.requestsUsed()).isEqualTo(1);
        assertThat(landing.checkpoint().position()).isEqualTo(new Position.Worked(1));
        assertThat(pass.isUnfinished()).isFalse();
        assertThat(pass.batchRequests()).isZero();
    }

    @Test
    void aHundredAreABatch() {
        LongStream.rangeClosed(1, 150).forEach(id -> due.add("customers", 1, id));
        FakeList api = FakeList.of(LongStream.rangeClosed(1, 150).toArray());
        RecordsPass pass = pass();
        LaneReader.readBatch(pass, api::answer);
        assertThat(land(pass).answered()).hasSize(100);
        assertThat(pass.isUnfinished()).isTrue();
        assertThat(pass.isBatchReady()).isFalse();
        LaneReader.readBatch(pass, api::answer);
        assertThat(land(pass).records()).hasSize(50);
        assertThat(pass.isUnfinished()).isFalse();
    }

    /** It stays due and is not taken twice: the loop would never end. */
    @Test
    void whatStaysDueWaitsForTheNextSync() {
        due.add("customers", 1, 3, 4);
        RecordsPass pass = pass();
        LaneReader.takePage(pass, FakeList.lastPage(3, 4));
        landing.land(pass);
        assertThat(pass.isUnfinished()).isFalse();
        assertThat(due.next(1, "customers", 0, 1)).containsKey(3L);
    }

    @Test
    void aRecordWhoseDeletionWasToldIsGoneWithoutAQuestion() {
        due.add("customers", 41, 3, 9).gone(9);
        RecordsPass pass = pass();
        LaneReader.takePage(pass, FakeList.lastPage(3));
        assertThat(pass.isBatchReady()).isTrue();
        RecordBatch batch = land(pass);
        assertThat(batch.gone()).containsExactly(9L);
        assertThat(batch.answered()).containsOnlyKeys(3L, 9L);
    }

    /** A deletion that was taken back: the record is here after all. */
    @Test
    void aRecordThatComesBackIsNotGone() {
        due.add("customers", 41, 9).gone(9);
        RecordsPass pass = pass();
        LaneReader.takePage(pass, FakeList.lastPage(9));
        assertThat(land(pass).gone()).isEmpty();
    }

    @Test
    void aRecordThatIsMissingIsAskedForAlone() {
        due.add("customers", 41, 3, 5, 7);
        RecordsPass pass = pass();
        LaneReader.takePage(pass, FakeList.lastPage());
        assertThat(pass.isBatchReady()).isFalse();
        assertThat(pass.request()).isEqualTo(PageRequest.whole("/customers/3"));
        assertThat(pass.tolerates(failure(ApiErrorCode.NOT_FOUND))).isTrue();
        assertThat(pass.request()).isEqualTo(PageRequest.whole("/customers/5"));
        assertThat(pass.tolerates(failure(ApiErrorCode.SERVER_ERROR))).isFalse();
        assertThat(pass.tolerates(failure(ApiErrorCode.FORBIDDEN))).isTrue();
        Page alone = pass.read(FakeList.item(7));
        assertThat(alone.items()).isEmpty();
        LaneReader.takePage(pass, alone);
        assertThat(pass.isBatchReady()).isTrue();
        RecordBatch batch = land(pass);
        assertThat(batch.gone()).containsExactly(3L);
        assertThat(batch.withheld().forbidden()).containsExactly(5L);
        assertThat(batch.withheld().unlisted()).isEqualTo(Map.of(7L, 41L));
        assertThat(batch.answered()).as("what is in no list stays due").containsOnlyKeys(3L, 5L);
        assertThat(batch.requestsUsed()).isEqualTo(5);
    }

    @Test
    void anAnswerOfAnotherRecordIsAFailure() {
        due.add("customers", 41, 3);
        RecordsPass pass = pass();
        LaneReader.takePage(pass, FakeList.lastPage());
        assertThatThrownBy(() -> pass.read(FakeList.item(4))).isInstanceOf(SyncException.class)
                .satisfies(thrown -> assertThat(((SyncException) thrown).code())
                        .isEqualTo(ApiErrorCode.ITEM_WITHOUT_ID));
        assertThat(pass.request()).isEqualTo(PageRequest.whole("/customers/3"));
    }

    @Test
    void theListItselfIsReadAsAnEnvelope() {
        due.add("customers", 41, 3);
        var envelope = JsonNodeFactory.instance.objectNode().put("has_more", false);
        envelope.putArray("items").add(FakeList.item(3));
        assertThat(pass().read(envelope).items()).hasSize(1);
        assertThatThrownBy(() -> pass().read(FakeList.item(3))).isInstanceOf(SyncException.class);
    }

    @Test
    void noRefusalOfTheListIsTolerated() {
        due.add("customers", 41, 3);
        RecordsPass pass = pass();
        assertThat(pass.tolerates(failure(ApiErrorCode.NOT_FOUND))).isFalse();
        assertThat(pass.tolerates(failure(ApiErrorCode.FORBIDDEN))).isFalse();
        assertThat(pass.batchRequests()).isEqualTo(2);
    }

    /** More follow, though all that was asked for fits into one page: the answer contradicts itself. */
    @Test
    void aShortPageFailsOnceThenCounts() {
        due.add("customers", 41, 3, 9);
        RecordsPass pass = pass();
        Page shortPage = FakeList.pageBefore("a", 3);
        assertThatThrownBy(() -> LaneReader.takePage(pass, shortPage)).isInstanceOf(SyncException.class)
                .satisfies(thrown -> assertThat(((SyncException) thrown).code()).isEqualTo(ApiErrorCode.SHORT_PAGE));
        assertThat(pass.isBatchReady()).isFalse();
        LaneReader.takePage(pass, shortPage);
        assertThat(pass.request()).isEqualTo(PageRequest.whole("/customers/9"));
    }

    @Test
    void aSoundPageForgetsAShortOne() {
        due.add("customers", 41, 3);
        RecordsPass pass = pass();
        assertThatThrownBy(() -> LaneReader.takePage(pass, FakeList.pageBefore("a", 3)))
                .isInstanceOf(SyncException.class);
        LaneReader.takePage(pass, FakeList.lastPage(3));
        pass.restartBatch();
        assertThatThrownBy(() -> LaneReader.takePage(pass, FakeList.pageBefore("a", 3)))
                .isInstanceOf(SyncException.class);
    }

    @Test
    void aBatchThatCameToNothingIsReadFromItsList() {
        due.add("customers", 41, 3, 5, 7, 9).gone(9);
        RecordsPass pass = pass();
        LaneReader.takePage(pass, FakeList.lastPage());
        pass.tolerates(failure(ApiErrorCode.NOT_FOUND));
        pass.tolerates(failure(ApiErrorCode.FORBIDDEN));
        LaneReader.takePage(pass, pass.read(FakeList.item(7)));
        assertThat(pass.isBatchReady()).isTrue();
        pass.restartBatch();
        assertThat(pass.isBatchReady()).isFalse();
        LaneReader.takePage(pass, FakeList.lastPage(3, 5, 7, 9));
        RecordBatch batch = land(pass);
        assertThat(batch.records()).hasSize(4);
        assertThat(batch.gone()).isEmpty();
        assertThat(batch.withheld().forbidden()).isEmpty();
        assertThat(batch.withheld().unlisted()).isEmpty();
        assertThat(batch.answered()).containsOnlyKeys(3L, 5L, 7L, 9L);
    }

    /** What was gone at the first reading and is only in no list at the second stays due. */
    @Test
    void answersDoNotOutliveABatchThatCameToNothing() {
        due.add("customers", 41, 3);
        RecordsPass pass = pass();
        LaneReader.takePage(pass, FakeList.lastPage());
        pass.tolerates(failure(ApiErrorCode.NOT_FOUND));
        pass.restartBatch();
        LaneReader.takePage(pass, FakeList.lastPage());
        LaneReader.takePage(pass, pass.read(FakeList.item(3)));
        assertThat(((RecordBatch) pass.batch()).answered()).isEmpty();
    }

    @Test
    void doubtsDoNotOutliveABatchThatCameToNothing() {
        due.add("customers", 41, 3, 5);
        RecordsPass pass = pass();
        LaneReader.takePage(pass, FakeList.lastPage());
        pass.restartBatch();
        LaneReader.takePage(pass, FakeList.lastPage(3, 5));
        assertThat(pass.isBatchReady()).isTrue();
    }

    @Test
    void whereNothingIsDueNothingIsRead() {
        assertThat(pass().isUnfinished()).isFalse();
    }

    private RecordsPass pass() {
        return new RecordsPass(STREAM, landing.checkpoint(), due);
    }

    private RecordBatch land(RecordsPass pass) {
        due.answered("customers", ((RecordBatch) pass.batch()).answered().keySet());
        return (RecordBatch) landing.land(pass);
    }

    private static SyncException failure(ApiErrorCode code) {
        return FailureFacts.at("/customers").failure(code);
    }
}
