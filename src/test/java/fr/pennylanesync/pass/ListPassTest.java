package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Operator;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.RowKind;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.checkpoint.Position.Slice;
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
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ListPassTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);
    private static final StreamDefinition CURSOR = TestStreams.list("journals", ReadStrategy.CURSOR, 2);
    private static final StreamDefinition WHOLE = TestStreams.list("journals", ReadStrategy.WHOLE, 100);
    private static final StreamDefinition SLICED = TestStreams.list("transactions", ReadStrategy.DATE_SLICES, 2);

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

    /** Whatever the dates: no record falls between two slices, none stands in two, and none lies beyond both ends. */
    @Property
    void slicesOfDatesMissNoRecord(@ForAll @Size(max = 40) List<@IntRange(min = -8000, max = 500) Integer> days,
            @ForAll @IntRange(min = 1, max = 5) int pageSize) {
        StreamDefinition stream = TestStreams.list("transactions", ReadStrategy.DATE_SLICES, pageSize);
        FakeList api = new FakeList();
        for (int i = 0; i < days.size(); i++) {
            api.add(i + 1).put("date", TODAY.plusDays(days.get(i)).toString());
        }
        MemoryLanding landing = landing(stream, DateSlicePaginator.start());
        ListPass pass = sliced(stream, landing);
        while (pass.isUnfinished()) {
            LaneReader.step(pass, api::answer, landing);
            if (pass.isResumable() && !landing.checkpoint().isEnded()) {
                pass = sliced(stream, landing);
            }
        }
        assertThat(landing.ids()).hasSize(days.size());
        assertThat(new TreeSet<>(landing.ids())).containsExactlyElementsOf(api.ids());
    }

    @Test
    void theFirstSliceHasNoBeginningAndTheLastNoEnd() {
        LocalDate oldest = LocalDate.of(2016, 1, 1);
        DateSlicePaginator first = paginator(DateSlicePaginator.start());
        PageRequest request = PageRequest.of("/transactions", 2).sortedBy("id");
        assertThat(first.request()).isEqualTo(request.where(Condition.of("date", Operator.LT, oldest)));
        assertThat(first.next(false)).isEqualTo(new Slice(oldest, 365, 0));
        DateSlicePaginator last = paginator(new Slice(TODAY.minusDays(9), 10, 0));
        assertThat(last.request()).isEqualTo(request.where(Condition.of("date", Operator.GTEQ, TODAY.minusDays(9))));
        assertThat(last.next(false)).isEqualTo(new Position.Ended());
        DateSlicePaginator beforeLast = paginator(new Slice(TODAY.minusDays(10), 10, 0));
        assertThat(beforeLast.request()).isEqualTo(request
                .where(Condition.of("date", Operator.GTEQ, TODAY.minusDays(10)))
                .where(Condition.of("date", Operator.LT, TODAY)));
        assertThat(beforeLast.next(false)).isEqualTo(new Slice(TODAY, 20, 0));
    }

    @Test
    void slicesGrowWhileTheyAreNearlyEmptyAndShrinkWhenTheyAreLong() {
        assertThat(daysAfter(100, 0)).isEqualTo(200);
        assertThat(daysAfter(100, 1)).isEqualTo(100);
        assertThat(daysAfter(100, 9)).isEqualTo(100);
        assertThat(daysAfter(100, 10)).isEqualTo(50);
        assertThat(daysAfter(3000, 0)).isEqualTo(3650);
        assertThat(daysAfter(8, 10)).isEqualTo(7);
    }

    private static int daysAfter(int days, int pagesBefore) {
        LocalDate from = LocalDate.of(2010, 1, 1);
        return ((Slice) paginator(new Slice(from, days, pagesBefore)).next(false)).days();
    }

    @Test
    void withinASliceTheCursorGoesOn() {
        DateSlicePaginator paginator = paginator(new Slice(LocalDate.of(2020, 1, 1), 30, 0));
        Page page = FakeList.pageBefore("a", 1, 2);
        assertThat(paginator.isResumable()).isTrue();
        assertThat(paginator.endsUnproven(page)).isFalse();
        assertThat(paginator.endsUnproven(FakeList.lastPage(1))).isTrue();
        assertThat(paginator.next(true)).isEqualTo(new Slice(LocalDate.of(2020, 1, 1), 30, 1));
        paginator.advance(true, page.nextCursor());
        assertThat(paginator.isResumable()).isFalse();
        assertThat(paginator.request().cursor()).contains("a");
        paginator.advance(false, Optional.empty());
        assertThat(paginator.isResumable()).isTrue();
        assertThat(paginator.request().cursor()).isEmpty();
    }

    /** An API that names a cursor beside its last page does not mean the next slice by it. */
    @Test
    void theCursorOfOneSliceIsNoneOfTheNext() {
        DateSlicePaginator paginator = paginator(new Slice(LocalDate.of(2020, 1, 1), 30, 0));
        paginator.advance(false, Optional.of("stale"));
        assertThat(paginator.request().cursor()).isEmpty();
    }

    @Test
    void onlyAListWithADateIsSliced() {
        assertThatThrownBy(() -> new DateSlicePaginator(CURSOR, DateSlicePaginator.start(), TODAY))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("journals");
    }

    private static DateSlicePaginator paginator(Slice slice) {
        return new DateSlicePaginator(SLICED, slice, TODAY);
    }

    private static ListPass sliced(StreamDefinition stream, MemoryLanding landing) {
        return pass(stream, landing,
                new DateSlicePaginator(stream, (Slice) landing.checkpoint().position(), TODAY));
    }

    private static ListPass pass(StreamDefinition stream, MemoryLanding landing, Paginator paginator) {
        return new ListPass(stream, landing.checkpoint(), paginator, new IncludedChild(Optional.empty()),
                Optional.empty());
    }

    private static MemoryLanding landing(StreamDefinition stream, Position start) {
        return new MemoryLanding(new Checkpoint(1, stream.name(), PassKind.WALK, 1, start));
    }
}
