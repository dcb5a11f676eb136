package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Operator;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.state.Claim;
import fr.pennylanesync.landing.state.Claims;
import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmptinessPassTest {

    private static final StreamCatalog CATALOG = StreamCatalog.load(Path.of("routes"), Map.of());
    private static final StreamDefinition STREAM = CATALOG.find("customer_invoices_categories").orElseThrow();
    private static final StreamDefinition INVOICES = CATALOG.find("customer_invoices").orElseThrow();
    private static final StreamDefinition CATEGORIES = CATALOG.find("categories").orElseThrow();

    private final MemoryDueList due = new MemoryDueList();
    private final FakeList categories = FakeList.of(5, 6);
    private final Set<Long> filled = new HashSet<>();
    private final List<PageRequest> requests = new ArrayList<>();
    private final MemoryLanding landing =
            new MemoryLanding(new Checkpoint(1, STREAM.name(), PassKind.PROOF, 1, new Position.Worked(0)));

    @Test
    void whatTwoAnswersLeaveOutIsEmpty() {
        dueFrom(1, 100);
        filled.addAll(List.of(7L, 8L));
        EmptinessPass pass = pass();
        LaneReader.readAll(pass, this::answer, landing);
        assertThat(batches()).singleElement().satisfies(batch -> {
            assertThat(batch.answered()).hasSize(98).doesNotContainKeys(7L, 8L);
            assertThat(batch.records()).isEmpty();
            assertThat(batch.requestsUsed()).isEqualTo(3);
        });
        assertThat(requests.get(1)).isEqualTo(requests.get(2)).isEqualTo(PageRequest.of("/customer_invoices", 100)
                .sortedBy("id").where(Condition.in("id", LongStream.rangeClosed(1, 100).boxed().toList()))
                .where(Condition.in("category_id", List.of(4L, 5L, 6L))));
        assertThat(pass.isRefused()).isFalse();
    }

    /** One answer may have lost something. */
    @Test
    void whatOneAnswerHoldsIsNotEmpty() {
        dueFrom(1, 100);
        EmptinessPass pass = pass();
        LaneReader.readPage(pass, this::answer);
        LaneReader.readPage(pass, this::answer);
        filled.add(9L);
        LaneReader.readAll(pass, this::answer, landing);
        assertThat(batches().get(0).answered()).hasSize(99).doesNotContainKey(9L);
    }

    @Test
    void theValuesAreReadOnceAndAskedForAHundredAtATime() {
        LongStream.rangeClosed(1000, 1250).forEach(categories::add);
        dueFrom(1, 200);
        LaneReader.readAll(pass(), this::answer, landing);
        assertThat(requests).extracting(PageRequest::path).filteredOn(CATEGORIES.path()::equals).hasSize(3 + 1);
        assertThat(requests).hasSize(3 + 1 + 2 * 2 * 3);
        assertThat(requests.get(1).conditions()).containsExactly(Condition.of("id", Operator.GT, 1097L));
    }

    /** A category that is made and used while the pass goes on is told by nothing else. */
    @Test
    void whatValuesCameMeanwhileIsLookedUpBeforeEachQuestion() {
        dueFrom(1, 200);
        EmptinessPass pass = pass();
        LaneReader.step(pass, this::answer, landing);
        categories.add(7);
        LaneReader.readAll(pass, this::answer, landing);
        assertThat(requests.get(3).conditions()).containsExactly(Condition.of("id", Operator.GT, 6L));
        assertThat(requests.get(4).conditions()).contains(Condition.in("category_id", List.of(4L, 5L, 6L, 7L)));
    }

    /** One answer may have lost them all. */
    @Test
    void thatThereAreNoValuesIsBelievedTheSecondTime() {
        categories.remove(5);
        categories.remove(6);
        dueFrom(1, 100);
        EmptinessPass pass = pass(List.of());
        LaneReader.readPage(pass, this::answer);
        assertThat(pass.isBatchReady()).isFalse();
        categories.add(9);
        LaneReader.readAll(pass, this::answer, landing);
        assertThat(requests).extracting(PageRequest::path).containsExactly("/categories", "/categories",
                "/customer_invoices", "/customer_invoices");
        assertThat(requests.get(2).conditions()).contains(Condition.in("category_id", List.of(9L)));
    }

    /** A sweep, or a person, asks for it whatever is proven. */
    @Test
    void whatNoBatchMadeDueIsNotProven() {
        dueFrom(1, 60);
        due.add(STREAM.name(), DueRecords.SWEPT, LongStream.rangeClosed(61, 100).toArray());
        LaneReader.readAll(pass(), this::answer, landing);
        assertThat(batches()).singleElement()
                .satisfies(batch -> assertThat(batch.answered()).containsOnlyKeys(LongStream.rangeClosed(1, 60).boxed()
                        .toList()));
    }

    @Test
    void aFewAreAskedForOneByOne() {
        dueFrom(1, 6);
        assertThat(pass().isUnfinished()).isFalse();
    }

    /** Where nearly all have something, the question costs more than it saves. */
    @Test
    void theQuestionIsGivenUpWhereItDoesNotPay() {
        dueFrom(1, 300);
        filled.addAll(LongStream.rangeClosed(1, 300).boxed().toList());
        LaneReader.readAll(pass(), this::answer, landing);
        assertThat(requests).hasSize(3);
        assertThat(batches().get(0).answered()).isEmpty();
    }

    @Test
    void aRefusalEndsThePass() {
        dueFrom(1, 100);
        EmptinessPass pass = pass();
        LaneReader.readPage(pass, this::answer);
        assertThat(pass.tolerates(FailureFacts.at("/customer_invoices").failure(ApiErrorCode.BAD_REQUEST))).isTrue();
        assertThat(pass.isRefused()).isTrue();
        assertThat(pass.isUnfinished()).isFalse();
        assertThat(pass.isBatchReady()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = ApiErrorCode.class, names = {"SERVER_ERROR", "NULL_ITEM", "ITEM_WITHOUT_ID", "DUPLICATE_ID",
            "ROW_OUTSIDE_FILTER", "NOT_ASCENDING", "TOO_MANY_ITEMS", "HAS_MORE_WITHOUT_CURSOR", "CURSOR_REPEATED",
            "NO_PROGRESS", "SHORT_PAGE"})
    void anAnswerThatFailsAgainAndAgainEndsThePassUnrefused(ApiErrorCode code) {
        dueFrom(1, 100);
        EmptinessPass pass = pass();
        SyncException failure = FailureFacts.at("/customer_invoices").failure(code);
        assertThat(pass.isolates(failure)).isTrue();
        pass.isolate(failure);
        assertThat(pass.isUnfinished()).isFalse();
        assertThat(pass.isRefused()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = ApiErrorCode.class, names = {"TOKEN_REFUSED", "RATE_LIMITED", "CONNECTION_REFUSED",
            "BUDGET_WAIT_EXCEEDED", "INTERRUPTED"})
    void whatIsNoAnswerIsNotTheQuestionsFault(ApiErrorCode code) {
        assertThat(pass().isolates(FailureFacts.at("/customer_invoices").failure(code))).isFalse();
    }

    /** A filter that is not applied leaves nothing out. */
    @Test
    void aFilterThatIsIgnoredProvesNothing() {
        dueFrom(1, 100);
        filled.addAll(LongStream.rangeClosed(1, 100).boxed().toList());
        LaneReader.readAll(pass(), this::answer, landing);
        assertThat(batches().get(0).answered()).isEmpty();
    }

    @Test
    void whereNothingTellsNothingIsAsked() {
        dueFrom(1, 100);
        assertThat(new EmptinessPass(STREAM, landing.checkpoint(), tables(), Optional.empty()).isUnfinished())
                .isFalse();
    }

    private void dueFrom(long first, long last) {
        due.add(STREAM.name(), 31, LongStream.rangeClosed(first, last).toArray());
    }

    private EmptinessPass pass() {
        return pass(List.of(4L));
    }

    private EmptinessPass pass(List<Long> known) {
        return new EmptinessPass(STREAM, landing.checkpoint(), tables(),
                Optional.of(new EmptinessPass.Question(INVOICES, CATEGORIES, "category_id", known)));
    }

    private EmptinessPass.Tables tables() {
        return new EmptinessPass.Tables(due, new Claims() {

            @Override
            public Claim empty(long companyId, StreamDefinition child, Map<Long, Long> parents) {
                return new Claim(Proof.FILTER, parents, Map.of());
            }

            @Override
            public Claim derived(long companyId, StreamDefinition child, Map<Long, Long> parents,
                    Function<Long, String> expected) {
                throw new IllegalStateException("nothing is derived here");
            }
        });
    }

    private Page answer(PageRequest request) {
        requests.add(request);
        return request.path().equals(CATEGORIES.path()) ? categories.answer(request)
                : FakeList.of(filled).answer(new PageRequest(request.path(), request.limit(), request.cursor(),
                        request.sort(), List.of(request.conditions().get(0)), request.include(), request.parameters(),
                        request.rows()));
    }

    private List<RecordBatch> batches() {
        return landing.batches().stream().map(RecordBatch.class::cast).toList();
    }
}
