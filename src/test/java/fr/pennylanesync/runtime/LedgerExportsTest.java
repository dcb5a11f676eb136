package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.archive.LedgerExports;
import fr.pennylanesync.archive.s3.ArchiveVerification;
import fr.pennylanesync.landing.state.LedgerExportKind;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.verification.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The job archives each export of the ledger once for each state of the books, as an object like any other. */
class LedgerExportsTest {

    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofDays(8);
    /** Few periods have lines: each export takes seconds to be made. */
    private static final SandboxOptions OPTIONS = SandboxOptions.defaults().withCompanies(1).withRecords(20)
            .withBooksEnd(LocalDate.of(2026, 1, 20)).withRateLimit(RateLimit.OFF);

    private static LiveRoutes live;
    private static long company;

    @BeforeAll
    static void archive() throws IOException {
        Path routes = LiveRoutes.copy();
        Path job = routes.resolve("jobs/export-ledgers.camel.yaml");
        Files.writeString(job, Files.readString(job).replace("30 17 * * * ?", "0/5 * * * * ?"));
        live = new LiveRoutes(OPTIONS, routes, Map.of("archive.exports", "fecs", "sync.interval", "1h"));
        company = live.sandbox.companies().get(0).id();
        await().atMost(WITHIN).until(() -> exported() > 0 && live.warehouse.jdbc().sql("select count(*) from"
                + " pennylane_sync.ledger_export where archived_at is null and asked_at is not null").query(Long.class)
                .single() == 0 && exports(Clock.systemUTC(), LedgerExportKind.FECS).due(company).isEmpty());
    }

    @AfterAll
    static void stop() {
        if (live != null) {
            live.close();
        }
    }

    @Test
    void eachPeriodIsFiledLikeADocument() {
        assertThat(asked("fecs")).as("one request for each").isEqualTo(exported());
        assertThat(live.warehouse.jdbc()
                .sql("select object_key from pennylane_sync.file where stream = 'exports_fecs' and state = 'ARCHIVED'")
                .query(String.class).list()).hasSize((int) exported()).allMatch(
                        key -> key.matches(company + "/exports_fecs/\\d{4}/\\d{16}/[0-9a-f]{64}\\.txt"));
        assertThat(asked("general_ledgers")).as("not among the kinds that are kept").isZero();
    }

    @Test
    void verifyKnowsThem() {
        assertThat(new ArchiveVerification(live.warehouse.jdbc(), live.runtime.archive().bucket())
                .verify(List.of(company), List.of("exports_fecs"), OptionalInt.empty()))
                .matches(ArchiveVerification.ArchiveVerificationResult::isGood)
                .matches(found -> found.rehashed() == exported());
        assertThat(differences()).isEmpty();
        live.warehouse.jdbc().sql("update pennylane_sync.file set size = size + 1 where stream = 'exports_fecs'")
                .update();
        assertThat(differences()).isNotEmpty().allMatch(difference -> difference.contains("exports_fecs"));
        live.warehouse.jdbc().sql("update pennylane_sync.file set size = size - 1 where stream = 'exports_fecs'")
                .update();
    }

    private static List<String> differences() {
        return new Verification(live.warehouse, new StreamStates(live.warehouse.jdbc()), live.runtime.catalog())
                .verify().differences();
    }

    /** What the books have not changed since is not asked for; what has changed is, once its pause is over. */
    @Test
    void aPeriodIsDueAgainOnceItsBooksHaveChanged() {
        LedgerExports later = exports(Clock.offset(Clock.systemUTC(), LATER), LedgerExportKind.FECS);
        assertThat(later.due(company)).as("the same books").isEmpty();

        live.warehouse.jdbc().sql("update pennylane_sync.ledger_export set books_hash = sha256('other'), change_id = 0"
                + " where first_day = (select min(first_day) from pennylane_sync.ledger_export"
                + " where archived_at is not null)").update();

        assertThat(exports(Clock.systemUTC(), LedgerExportKind.FECS).mayBeDue(company)).as("it is young").isFalse();
        assertThat(later.mayBeDue(company)).isTrue();
        assertThat(later.due(company)).hasSize(1);
    }

    @Test
    void anotherKindIsDueForTheSamePeriods() {
        assertThat(exports(Clock.systemUTC(), LedgerExportKind.GENERAL_LEDGERS).due(company))
                .hasSize((int) exported());
    }

    @Test
    void withoutTheScopeNothingIsDue() {
        LedgerExports ledgers = exports(Clock.systemUTC(), LedgerExportKind.GENERAL_LEDGERS);
        live.warehouse.jdbc().sql("update pennylane_sync.company set scopes = array_remove(scopes, 'exports:gl')")
                .update();
        assertThat(ledgers.due(company)).isEmpty();
        live.warehouse.jdbc().sql("update pennylane_sync.company set scopes = scopes || 'exports:gl'::text").update();
        assertThat(ledgers.due(company)).isNotEmpty();
    }

    @Test
    void anOpenYearHasNoExportOfAMonthThatGoesOn() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);

        assertThat(live.warehouse.jdbc().sql("select max(last_day) from pennylane_sync.ledger_export l where not exists"
                + " (select 1 from pennylane.fiscal_years y where y.start = l.first_day and y.finish = l.last_day)")
                .query(LocalDate.class).single()).isBefore(today);
    }

    private static LedgerExports exports(Clock clock, LedgerExportKind kind) {
        return new LedgerExports(live.warehouse.jdbc(), clock, Set.of(kind), "");
    }

    private static long exported() {
        return live.warehouse.jdbc().sql("select count(*) from pennylane_sync.ledger_export where archived_at is not"
                + " null").query(Long.class).single();
    }

    private static long asked(String kind) {
        return live.sandbox.requests().all().stream().filter(request -> request.method().equals("POST"))
                .map(LoggedRequest::path).filter(path -> path.endsWith("/exports/" + kind)).count();
    }
}
