package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.pennylanesync.company.Refusal;
import fr.pennylanesync.plan.Progress.StreamOutcome;
import fr.pennylanesync.plan.Progress.StreamSync;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.token.CompanyState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty companies side by side, each with its own token: what befalls one never touches another. */
class CompaniesTest {

    private static final int COMPANIES = 20;
    private static final Map<String, String> UNPACED =
            Map.of("pennylane.rate.requests", "10000", "pennylane.rate.window", "1s",
                    "sync.parallel-companies", "20");
    private static final SandboxOptions OPTIONS = SandboxOptions.defaults().withCompanies(COMPANIES).withRecords(20)
            .withRateLimit(RateLimit.OFF).withLatency(Duration.ofMillis(5));
    private static final Set<String> LACKING = Set.of("customers:readonly", "suppliers:readonly");
    private static final Set<String> NOT_PERMITTED = Set.of("customers", "suppliers");

    /**
     * Of every way of reading: with and without a feed, by id and by date, with sub-lists and with copies of others'
     * records.
     */
    private static final String[] STREAMS =
            {"customers", "suppliers", "categories", "category_groups", "journals", "ledger_accounts",
                    "ledger_entries", "ledger_entry_lines", "transactions"};

    @TempDir
    Path home;

    @Test
    void seventeenAreCompleteAndThreeAreReportedPrecisely() {
        try (Installation here = new Installation(OPTIONS, home, UNPACED)) {
            List<SandboxCompany> others = new ArrayList<>(here.sandbox.companies());
            SandboxCompany revoked = others.remove(0);
            SandboxCompany lacking = others.remove(0);
            SandboxCompany swapped = others.remove(0);
            here.sandbox.setScopes(lacking.id(),
                    Sandbox.ALL_SCOPES.stream().filter(scope -> !LACKING.contains(scope)).toList());

            CompletableFuture<Void> revoking = CompletableFuture.runAsync(() -> revokeMidway(here.sandbox, revoked));
            here.sync(STREAMS);
            revoking.join();
            assertComplete(here, swapped);
            assertRevoked(here, revoked);
            long refusedRequests = unauthorised(here.sandbox);

            here.write(swapped.alias() + ".token", others.get(0).token());
            here.runtime.refreshCompanies();
            long landedBefore = here.batches(swapped);
            here.sandbox.companies().forEach(company -> here.sandbox.mutate(company.id(), new Random(company.id()), 5));
            here.sync(STREAMS);

            assertThat(others).hasSize(COMPANIES - 3).allSatisfy(company -> assertComplete(here, company));
            assertThat(here.company(swapped).refusal()).contains("WRONG_COMPANY");
            assertThat(here.batches(swapped)).isEqualTo(landedBefore);
            assertThat(here.loggedEvents("company_refused")).as("one event for each").isEqualTo(2);
            assertThat(here.runtime.companies().refusals()).extracting(Refusal::alias, Refusal::code)
                    .containsExactlyInAnyOrder(
                            tuple(revoked.alias(), "TOKEN_REFUSED"),
                            tuple(swapped.alias(), "WRONG_COMPANY"));
            assertThat(unauthorised(here.sandbox)).as("a refused token is left alone").isEqualTo(refusedRequests);
            assertLacking(here, lacking);
            assertEachTokenServedItsOwnCompany(here, others);
        }
    }

    @Test
    void aScopeThatAppearsEnablesItsStreamsAndEachChangeIsToldOnce() {
        try (Installation here = new Installation(OPTIONS.withCompanies(1), home, UNPACED)) {
            SandboxCompany company = here.sandbox.companies().get(0);
            List<String> without = Sandbox.ALL_SCOPES.stream().filter(scope -> !LACKING.contains(scope)).toList();
            here.sandbox.setScopes(company.id(), without);
            here.sync(STREAMS);
            here.sync(STREAMS);
            assertLacking(here, company);
            assertThat(here.loggedEvents("stream_not_permitted")).isEqualTo(2);
            assertThat(here.loggedEvents("stream_stopped")).isZero();

            here.sandbox.setScopes(company.id(), Sandbox.ALL_SCOPES);
            here.sync(STREAMS);
            assertComplete(here, company);

            here.sandbox.setScopes(company.id(), without);
            here.sync(STREAMS);
            here.sync(STREAMS);
            assertThat(here.loggedEvents("stream_not_permitted")).isEqualTo(4);
            assertThat(here.loggedEvents("stream_stopped")).isZero();
        }
    }

    private static void revokeMidway(Sandbox sandbox, SandboxCompany company) {
        Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).atMost(Duration.ofMinutes(1))
                .until(() -> sandbox.requests().of(company.id()).size() > 10);
        sandbox.revoke(company.id());
    }

    private static void assertRevoked(Installation here, SandboxCompany company) {
        assertThat(here.company(company).state()).isEqualTo(CompanyState.REFUSED);
        assertThat(here.company(company).refusal()).contains("TOKEN_REFUSED");
        assertThat(here.loggedEvents("company_refused")).isEqualTo(1);
        assertThat(here.loggedEvents("company_stopped")).as("one line, not one for each stream").isEqualTo(1);
        assertThat(here.loggedEvents("stream_stopped")).isZero();
        assertThat(here.progress(company)).filteredOn(stream -> stream.outcome() == StreamOutcome.FAILED).isNotEmpty()
                .allSatisfy(stream -> assertThat(stream.reason().orElseThrow()).containsAnyOf("TOKEN_REFUSED",
                        "COMPANY_NOT_ACTIVE"));
    }

    private static void assertComplete(Installation here, SandboxCompany company) {
        assertThat(here.progress(company)).extracting(StreamSync::outcome).containsOnly(StreamOutcome.COMPLETE);
        assertThat(here.differences(company, here.streams(STREAMS))).isEmpty();
    }

    private static void assertLacking(Installation here, SandboxCompany company) {
        assertThat(here.company(company).state()).isEqualTo(CompanyState.ACTIVE);
        assertThat(here.progress(company)).filteredOn(stream -> stream.outcome() != StreamOutcome.COMPLETE)
                .allSatisfy(stream -> assertThat(stream.outcome()).isEqualTo(StreamOutcome.NOT_PERMITTED))
                .allSatisfy(stream -> assertThat(stream.reason()).contains(stream.stream()))
                .extracting(StreamSync::stream).containsExactlyInAnyOrderElementsOf(NOT_PERMITTED);
        List<StreamDefinition> permitted = here.streams(STREAMS).stream()
                .filter(stream -> !NOT_PERMITTED.contains(stream.parent().orElse(stream.name()))).toList();
        assertThat(here.differences(company, permitted)).isEmpty();
    }

    private static void assertEachTokenServedItsOwnCompany(Installation here, List<SandboxCompany> companies) {
        List<LoggedRequest> log = here.sandbox.requests().all();
        assertThat(log)
                .filteredOn(request -> request.recordCompanyId().isPresent() && request.tokenCompanyId().isPresent())
                .allSatisfy(request -> assertThat(request.tokenCompanyId()).isEqualTo(request.recordCompanyId()));
        assertThat(log).noneMatch(request -> request.isFile() && request.authorizationSent());
        assertThat(here.companyLabels()).as("however many tokens are asked about").hasSize(COMPANIES + 1)
                .contains("unidentified");
        // What was sent in a company's name is what arrived with its token.
        assertThat(companies).allSatisfy(company -> assertThat(here.sentFor(company)).isPositive()
                .isEqualTo(
                        here.sandbox.requests().of(company.id()).stream().filter(request -> !isMe(request)).count()));
    }

    private static long unauthorised(Sandbox sandbox) {
        return sandbox.requests().all().stream().filter(request -> request.status() == 401).count();
    }

    private static boolean isMe(LoggedRequest request) {
        return request.path().endsWith("/me");
    }
}
