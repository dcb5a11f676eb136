package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.archive.s3.ArchiveVerification;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.personal.PrivacyRules;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.retention.FileRetention;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.RoutesException;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamOptions;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose time is over leave the archive, and nothing else does; their rows say so, and the proof holds. */
class FileRetentionTest {

    private static final String KIND = "quotes.public_file_url";
    private static final Set<String> STREAMS = Set.of("quotes", "customer_invoices");

    @TempDir
    Path directory;
    private TestRun run;
    private Warehouse warehouse;
    private int anchored;

    @Test
    void whatIsOverIsRemovedSealedAndComesBackOnlyWithItsRecord() throws Exception {
        Map<String, String> settings = Map.of("archive.directory", directory.resolve("archive").toString(),
                "digest.directory", directory.resolve("copies").toString());
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(30)
                .withRateLimit(RateLimit.OFF)); Warehouse opened = TestWarehouse.ready();
                TestRun started = new TestRun(sandbox, opened, SyncTest.UNLIMITED, settings)) {
            warehouse = opened;
            run = started;
            syncAndArchive();
            remove(Period.ofYears(50));
            assertThat(count("removed_at is not null")).as("not yet over").isZero();
            int newest = warehouse.jdbc().sql("select max(record_year) from pennylane_sync.file"
                    + " where stream = 'quotes'").query(Integer.class).single();
            Period over = Period.ofYears(OffsetDateTime.now(ZoneOffset.UTC).getYear() - newest);
            long old = count("stream = 'quotes' and record_year < " + newest);
            assertThat(old).isPositive();
            remove(over);
            assertThat(count("removed_at is not null and record_year < " + newest)).isEqualTo(old);
            assertThat(count("removed_at is not null")).isEqualTo(old);
            assertProven();
            run.syncRequest = new SyncRequest(Optional.of(PassKind.SWEEP), true, Duration.ZERO, Duration.ZERO);
            syncAndArchive();
            assertThat(count("removed_at is not null")).as("nothing is fetched again by itself").isEqualTo(old);
            forge();
            comeBack(over, old);
        }
    }

    private void syncAndArchive() {
        run.sync(run.catalog.roots().stream().filter(stream -> STREAMS.contains(stream.name())).toList());
        run.archive();
    }

    private void remove(Period kept) {
        FileRetention retention =
                new FileRetention(warehouse, () -> run.runtime.archive().bucket(), Map.of(KIND, kept));
        retention.companies().forEach(retention::remove);
    }

    /** Who claims that retention removed a file, or that it did not, is found out. */
    private void forge() {
        long there = warehouse.jdbc().sql("select max(id) from pennylane_sync.file where state = 'ARCHIVED' and"
                + " removed_at is null").query(Long.class).single();
        assertFound("removed_at = now()", there, "removed_at = null");
        long gone = warehouse.jdbc().sql("select min(id) from pennylane_sync.file where removed_at is not null")
                .query(Long.class).single();
        assertFound("removed_at = removed_at + interval '1 day'", gone, "removed_at = removed_at - interval '1 day'");
    }

    private void assertFound(String forged, long id, String back) {
        set(forged, id);
        assertThat(differences()).anyMatch(found -> found.contains("is not what was archived"));
        set(back, id);
        assertThat(differences()).isEmpty();
    }

    private void set(String what, long id) {
        warehouse.jdbc().sql("update pennylane_sync.file set " + what + " where id = ?").param(id).update();
    }

    /** A record that got a later date has its file fetched again; once it is over it goes again. */
    private void comeBack(Period over, long old) throws Exception {
        warehouse.jdbc().sql("insert into pennylane_sync.file (company_id, stream, parent_id, record_id, field, state,"
                + " batch_id) select company_id, stream, parent_id, record_id, field, 'PENDING', 1 from"
                + " pennylane_sync.file where removed_at is not null").update();
        remove(over);
        run.archive();
        assertThat(count("removed_at is not null")).isZero();
        assertProven();
        remove(over);
        assertThat(count("removed_at is not null")).isEqualTo(old);
        assertProven();
    }

    private long count(String where) {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync.file where state = 'ARCHIVED' and " + where)
                .query(Long.class).single();
    }

    private List<String> differences() {
        return new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog).verify().differences();
    }

    private void assertProven() throws Exception {
        assertThat(differences()).isEmpty();
        assertThat(new ArchiveVerification(warehouse.jdbc(), run.runtime.archive().bucket()).verify(
                List.of(run.runtime.companies().active().get(0).id()), List.of(), OptionalInt.empty()))
                .satisfies(result -> assertThat(result.differences()).isEmpty())
                .satisfies(result -> assertThat(result.objects()).isPositive());
        run.runtime.anchor();
        anchored++;
        assertThat(new ProofScript(warehouse, run.settings, directory).check(anchored)).contains("no differences");
    }

    @Test
    void whatTheLawHasKeptIsKept() {
        Path routes = Path.of("routes");
        for (String refused : List.of("customer_invoices.public_file_url=9", "supplier_invoices.public_file_url=1",
                "quotes.nothing=20", "nowhere.public_file_url=20")) {
            assertThatThrownBy(() -> StreamCatalog.load(routes, kept(refused))).as(refused)
                    .isInstanceOf(RoutesException.class).hasMessageContaining("streams." + refused.split("=")[0]);
        }
        assertThat(StreamCatalog.load(routes, kept("customer_invoices.public_file_url=10")).names()).isNotEmpty();
        assertThat(StreamCatalog.load(routes, kept("quotes.public_file_url=1")).names()).isNotEmpty();
    }

    private static StreamOptions kept(String said) {
        String[] words = said.split("=");
        return new StreamOptions(Map.of(), PrivacyRules.NONE, Map.of(),
                Map.of(words[0], Period.ofYears(Integer.parseInt(words[1]))));
    }
}
