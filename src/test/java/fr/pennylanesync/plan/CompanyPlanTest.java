package fr.pennylanesync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.pass.MemoryDueList;
import fr.pennylanesync.plan.Progress.StreamOutcome;
import fr.pennylanesync.plan.Progress.StreamSync;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.CompanyState;
import fr.pennylanesync.token.Scopes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

class CompanyPlanTest {

    private static final StreamDefinition CUSTOMERS = TestStreams.keyset(100);
    private static final StreamDefinition CONTACTS = TestStreams.child("contacts", "customers", 10);
    private static final StreamDefinition JOURNALS = TestStreams.list("journals", ReadStrategy.CURSOR, 100);
    private static final StreamDefinition OFF =
            TestStreams.list("quotes", ReadStrategy.KEYSET, 100).withEnabled(false);
    private static final StreamCatalog CATALOG = TestStreams.catalog(CUSTOMERS, CONTACTS, JOURNALS, OFF);
    private static final SyncRequest SWEEP =
            new SyncRequest(Optional.of(PassKind.SWEEP), true, Duration.ofDays(7), Duration.ofDays(1));

    private final MemoryLifecycle states = new MemoryLifecycle();
    private final MemoryDueList due = new MemoryDueList();
    private final Progress progress = new Progress();
    private final List<Long> followed = new ArrayList<>();
    private long nanos;

    @Test
    void theFirstRoundReadsEveryEnabledList() {
        CompanyPlan plan = plan(List.of(), "customers:readonly", "journals:all");
        assertThat(plan.next()).isTrue();
        assertThat(plan.streams()).containsExactly("customers", "journals");
        assertThat(plan.request()).isEqualTo(SWEEP);
        assertThat(followed).isEmpty();
    }

    @Test
    void theFirstRoundReadsWhatIsAskedForOnceAStreamHasAFile() {
        CompanyPlan plan = plan(List.of("journals", "unknown"), "customers:readonly", "journals:all");
        assertThat(plan.next()).isTrue();
        assertThat(plan.streams()).containsExactly("journals");
    }

    /** A stream brings its child streams along: beside it they would be read twice at the same time. */
    @Test
    void aChildIsReadAloneOnlyWithoutItsParent() {
        CompanyPlan both = plan(List.of("customers", "contacts"), "customers:readonly");
        both.next();
        assertThat(both.streams()).containsExactly("customers");
        CompanyPlan alone = plan(List.of("contacts"), "customers:readonly");
        alone.next();
        assertThat(alone.streams()).containsExactly("contacts");
    }

    @Test
    void aStreamWhoseScopeIsMissingIsToldAndLeftOut() {
        CompanyPlan plan = plan(List.of(), "journals:readonly");
        plan.next();
        assertThat(plan.streams()).containsExactly("journals");
        assertThat(states.log()).containsExactly("not permitted customers for lack of customers");
        assertThat(progress.all()).singleElement().satisfies(told -> {
            assertThat(told.outcome()).isEqualTo(StreamOutcome.NOT_PERMITTED);
            assertThat(told.reason()).contains("customers");
        });
    }

    @Test
    void whereNothingIsPermittedThereIsNoRound() {
        assertThat(plan(List.of(), "quotes:readonly").next()).isFalse();
    }

    @Test
    void theNextRoundsReadWhatBecameDueOfStreamsThatAreComplete() {
        CompanyPlan plan = plan(List.of(), "customers:readonly", "journals:readonly");
        plan.next();
        complete("customers");
        due.add("customers", 1, 5).add("journals", 1, 6).add("quotes", 1, 7).add("unknown", 1, 8);
        complete("quotes");
        assertThat(plan.next()).isTrue();
        assertThat(plan.streams()).containsExactly("customers");
        assertThat(plan.request()).isEqualTo(SWEEP.forRecords());
        assertThat(followed).containsExactly(1L);
    }

    @Test
    void whereNothingIsDueAnyMoreTheSyncEnds() {
        CompanyPlan plan = plan(List.of(), "customers:readonly");
        plan.next();
        complete("customers");
        due.add("customers", 1, 5);
        assertThat(plan.next()).isTrue();
        due.clear("customers");
        assertThat(plan.next()).isFalse();
        assertThat(plan.streams()).isEmpty();
    }

    /** What stays due for ever must not keep the sync. */
    @Test
    void atMostFiveRoundsFollow() {
        CompanyPlan plan = plan(List.of(), "customers:readonly");
        plan.next();
        complete("customers");
        due.add("customers", 1, 5);
        for (int round = 0; round < 5; round++) {
            assertThat(plan.next()).isTrue();
        }
        assertThat(plan.next()).isFalse();
        assertThat(followed).hasSize(5);
    }

    /** A backlog of hours must not keep changes waiting. */
    @Test
    void aLongBacklogMakesRoomForChangesAgainAndAgain() {
        CompanyPlan plan = plan(List.of(), "customers:readonly", "journals:readonly");
        plan.next();
        complete("contacts");
        for (int time = 0; time < 5; time++) {
            nanos += CompanyPlan.CHANGES_EVERY.toNanos();
            due.add("contacts", 1, 5);
            assertThat(plan.next()).isTrue();
            assertThat(plan.streams()).containsExactly("customers", "journals");
            assertThat(plan.request()).isEqualTo(SWEEP.forWhatIsDue());
        }
        due.clear("contacts");
        assertThat(plan.next()).isFalse();
    }

    /** What the first rounds leave to the following ones may take hours as well. */
    @Test
    void aRoundThatMadeRoomForChangesIsNoneOfTheFive() {
        CompanyPlan plan = plan(List.of(), "customers:readonly", "journals:readonly");
        plan.next();
        complete("contacts");
        due.add("contacts", 1, 5);
        for (int time = 0; time < 7; time++) {
            assertThat(plan.next()).isTrue();
            assertThat(plan.streams()).containsExactly("contacts");
            nanos += CompanyPlan.CHANGES_EVERY.toNanos();
            assertThat(plan.next()).isTrue();
            assertThat(plan.streams()).containsExactly("customers", "journals");
        }
    }

    @Test
    void theParentsOfAChildAreMadeDueOnceInItsLife() {
        plan(List.of(), "customers:readonly").introduceChildren();
        assertThat(due.parentsAdded()).containsExactly("contacts");
        plan(List.of(), "customers:readonly").introduceChildren();
        assertThat(due.parentsAdded()).containsExactly("contacts");
    }

    private void complete(String stream) {
        progress.idle(1, stream);
        assertThat(progress.all()).extracting(StreamSync::stream).contains(stream);
    }

    private CompanyPlan plan(List<String> asked, String... scopes) {
        CompanyPlan.Parts parts = new CompanyPlan.Parts(states, new MemoryFeeds(), due,
                (company, catalog) -> followed.add(company), TransactionOperations.withoutTransaction(), progress,
                (company, stream) -> false, () -> nanos);
        Company company = new Company(1, "one", CompanyState.ACTIVE, Scopes.of(List.of(scopes)), Optional.empty(),
                Optional.empty());
        return new CompanyPlan(parts, CATALOG, company, asked, SWEEP);
    }
}
