package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.RowKind;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListPassTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final StreamDefinition CURSOR = TestStreams.list("journals", ReadStrategy.CURSOR, 2);
    private static final StreamDefinition WHOLE = TestStreams.list("journals", ReadStrategy.WHOLE, 100);

    @Test
    void aListIsReadBehindItsCursorAndItsLastPageTwice() {
        FakeList api = FakeList.of(1, 2, 3, 4, 5);
        MemoryLanding landing = landing(CURSOR, new Position.Pages(0));
        LaneReader.readAll(pass(CURSOR, landing, new CursorPaginator(CURSOR)), api::answer, landing);
        assertThat(landing.ids()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(landing.checkpoint().isEnded()).isTrue();
        PageRequest first = PageRequest.of("/journals", 2).sortedBy("id");
        assertThat(api.requests()).containsExactly(first, first.after("2"), first.after("4"), first.after("4"));
    }

    @Test
    void aListInOneAnswerIsReadThreeTimesWithoutALimit() {
        FakeList api = FakeList.of(1, 2, 3);
        MemoryLanding landing = landing(WHOLE, new Position.Pages(0));
        LaneReader.readAll(pass(WHOLE, landing, new CursorPaginator(WHOLE)), api::answer, landing);
        assertThat(landing.ids()).containsExactly(1L, 2L, 3L);
        PageRequest whole = PageRequest.whole("/journals");
        assertThat(api.requests()).containsExactly(whole, whole, whole);
    }

    @Test
    void theCheckpointCountsPagesAndIsNoPlaceToGoOnFrom() {
        FakeList api = FakeList.of(1, 2, 3);
        MemoryLanding landing = landing(CURSOR, new Position.Pages(0));
        ListPass pass = pass(CURSOR, landing, new CursorPaginator(CURSOR));
        assertThat(pass.isResumable()).isTrue();
        LaneReader.step(pass, api::answer, landing);
        assertThat(landing.checkpoint().position()).isEqualTo(new Position.Pages(1));
        assertThat(pass.isResumable()).isFalse();
        assertThat(pass.isUnfinished()).isTrue();
        assertThat(pass.batchRequests()).isZero();
        assertThat(pass.priority()).isEqualTo(Priority.WALK);
        assertThat(pass.lanes()).containsExactly(pass);
    }

    @Test
    void aBatchThatCameToNothingIsReadAgain() {
        FakeList api = FakeList.of(1, 2, 3);
        MemoryLanding landing = landing(CURSOR, new Position.Pages(0));
        ListPass pass = pass(CURSOR, landing, new CursorPaginator(CURSOR));
        LaneReader.readBatch(pass, api::answer);
        pass.restartBatch();
        assertThat(pass.isBatchReady()).isFalse();
        LaneReader.readAll(pass, api::answer, landing);
        assertThat(landing.ids()).containsExactly(1L, 2L, 3L);
        assertThat(((RecordBatch) landing.batches().get(0)).requestsUsed()).isEqualTo(2);
    }

    @Test
    void itsRequestsAreCountedAndSubListsThatAreRefusedAreNoFailure() {
        IncludedChild included = new IncludedChild(Optional.of(TestStreams.child("contacts", "journals", 10)));
        ListPass pass = new ListPass(CURSOR, landing(CURSOR, new Position.Pages(0)).checkpoint(),
                new CursorPaginator(CURSOR), included, Optional.empty());
        SyncException refused = FailureFacts.at("/journals").failure(ApiErrorCode.BAD_REQUEST);
        assertThat(pass.request().include()).contains("contacts");
        assertThat(pass.tolerates(refused)).isTrue();
        assertThat(pass.request().include()).isEmpty();
        LaneReader.readBatch(pass, FakeList.of(1, 2, 3)::answer);
        assertThat(pass.batchRequests()).as("the refused one too").isEqualTo(2);
        assertThat(pass.tolerates(refused)).isFalse();
    }

    @Test
    void aListThatTheCompanyIsWithoutIsAnEmptyOneWhereItIsOptional() {
        SyncException absent = FailureFacts.at("/pro_account/mandates").failure(ApiErrorCode.NOT_FOUND);
        StreamDefinition optional = shipped("pro_account_mandates");
        MemoryLanding landing = landing(optional, new Position.Pages(0));
        ListPass pass = pass(optional, landing, new CursorPaginator(optional));
        assertThat(pass.tolerates(absent)).isTrue();
        assertThat(pass.isBatchReady()).isTrue();
        assertThat(((RecordBatch) pass.batch()).records()).isEmpty();
        pass.landed(Optional.empty());
        assertThat(pass.isUnfinished()).isFalse();
        assertThat(pass(CURSOR, landing(CURSOR, new Position.Pages(0)), new CursorPaginator(CURSOR)).tolerates(absent))
                .isFalse();
    }

    @Test
    void eachFieldOfAnAnswerIsARecord() throws Exception {
        StreamDefinition features = shipped("company_features");
        ListPass pass = pass(features, landing(features, new Position.Pages(0)), new CursorPaginator(features));
        assertThat(pass.request()).isEqualTo(PageRequest.whole("/company/features").withRows(RowKind.KEYED));
        List<PageRow> rows = pass.check(pass.read(JSON.readTree("{\"e_invoicing\": true, \"pro_account\": false}")));
        assertThat(rows).extracting(row -> ((StreamRecord) pass.map(row)).values())
                .containsExactly(List.of("e_invoicing", "true"), List.of("pro_account", "false"));
        assertThatThrownBy(() -> pass.read(JSON.readTree("{\"error\": \"Not Found\", \"status\": 404}")))
                .hasMessageContaining("NOT_AN_ENVELOPE");
    }

    private static StreamDefinition shipped(String name) {
        return StreamCatalog.load(Path.of("routes"), Map.of()).find(name).orElseThrow();
    }

    @Test
    void aSweepSaysSoInItsBatches() {
        MemoryLanding landing = landing(CURSOR, new Position.Pages(0));
        SweepGuard guard = new SweepGuard(true);
        ListPass pass = new ListPass(CURSOR, landing.checkpoint(), new CursorPaginator(CURSOR),
                new IncludedChild(Optional.empty()), Optional.of(guard));
        LaneReader.takePage(pass, FakeList.pageBefore("a", 1, 2));
        assertThat(((RecordBatch) pass.batch()).sweep()).contains(guard);
    }

    private static ListPass pass(StreamDefinition stream, MemoryLanding landing, Paginator.Alone paginator) {
        return new ListPass(stream, landing.checkpoint(), paginator, new IncludedChild(Optional.empty()),
                Optional.empty());
    }

    private static MemoryLanding landing(StreamDefinition stream, Position start) {
        return new MemoryLanding(new Checkpoint(1, stream.name(), PassKind.WALK, 1, start));
    }
}
