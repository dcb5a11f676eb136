package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.pennylanesync.digest.DigestVerification;
import fr.pennylanesync.digest.DigestVerification.DigestVerificationResult;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.report.ThinnedStream;
import fr.pennylanesync.retention.Thinning;
import fr.pennylanesync.retention.Thinning.StreamOfCompany;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has grown old goes, and what the hashes and the signed documents prove stays provable. */
class RetentionTest {

    private static final Set<String> READ = Set.of("customers", "journals", "customer_invoices", "ledger_entry_lines");
    private static final List<String> TABLES = List.of("batch", "record_version", "thinned_version", "seal");
    private static final Duration NEVER = Duration.ofDays(9_999);
    private static final int DAYS = 400;

    @TempDir
    static Path directory;
    private static final Random DICE = new Random(5);
    private static Sandbox sandbox;
    private static Warehouse warehouse;
    private static TestRun run;
    private static long company;
    private static long versionsBefore;
    private static long batchesBefore;

    /** Three years: what changed in the first two is thinned, one year after the other. */
    @BeforeAll
    static void thinTwice() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(40)
                .withRateLimit(RateLimit.OFF));
        warehouse = TestWarehouse.ready();
        run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, Map.of("archive.directory",
                directory.resolve("archive").toString(), "digest.directory", directory.resolve("copies").toString()));
        company = sandbox.companies().get(0).id();
        sync(Optional.empty());
        year();
        AgedWarehouse.age(warehouse, DAYS);
        year();
        AgedWarehouse.age(warehouse, DAYS);
        run.runtime.anchor();
        year();
        run.runtime.anchor();
        versionsBefore = count("record_version");
        batchesBefore = count("batch");
        assertThat(verify()).isEmpty();

        thin(DAYS + DAYS / 2);
        run.runtime.anchor();
        assertThat(verify()).isEmpty();
        year();
        run.runtime.anchor();
        thinAgainAlready();
        breakOff();
        thin(DAYS / 2);
        run.runtime.anchor();
        year();
    }

    /** Changes, deletions, and a sweep that finds nothing new. */
    private static void year() {
        for (String kind : List.of("change_amounts", "change_amounts", "change_contacts", "remove_entry_line",
                "change_customer_invoice_line", "remove_customer_invoice_line")) {
            sandbox.mutate(company, DICE, kind);
        }
        sync(Optional.empty());
        sync(Optional.of(PassKind.SWEEP));
    }

    private static void sync(Optional<PassKind> pass) {
        run.syncRequest = new SyncRequest(pass, true, NEVER, NEVER);
        run.sync(run.catalog.roots().stream().filter(stream -> READ.contains(stream.name())).toList());
    }

    private static void thin(int days) {
        Thinning thinning = thinning(Optional.of(Period.ofDays(days)));
        for (StreamOfCompany stream : thinning.streams()) {
            if (thinning.isOld(stream)) {
                assertThat(thinning.isProven(stream)).isTrue();
                thinning.thin(stream);
                assertThat(thinning.isOld(stream)).isFalse();
            }
        }
    }

    private static Thinning thinning(Optional<Period> period) {
        return new Thinning(warehouse, new StreamStates(warehouse.jdbc()), () -> run.catalog,
                new Settings.Retention(period, period, Map.of(), Map.of()));
    }

    /** The door leaves four weeks between two seals of a few batches. */
    private static void thinAgainAlready() {
        warehouse.jdbc().sql(warehouse.jdbc().sql("select replace(pg_get_functiondef('pennylane_sync.thin'::regproc),"
                + " 'few constant integer := 1000', 'few constant integer := 1')").query(String.class).single())
                .update();
    }

    /** One transaction: of a thinning that breaks off nothing is left behind. */
    private static void breakOff() {
        Thinning thinning = thinning(Optional.of(Period.ofDays(DAYS / 2)));
        StreamOfCompany lines = new StreamOfCompany(company, run.catalog.find("ledger_entry_lines").orElseThrow());
        long seals = count("seal");
        assertThat(thinning.isOld(lines)).isTrue();
        update("create schema if not exists saved; create function saved.fail() returns trigger language plpgsql as"
                + " 'begin raise exception ''full''; end'; create trigger fail before delete on batch"
                + " for each statement execute function saved.fail()");
        assertThatThrownBy(() -> thinning.thin(lines)).rootCause().hasMessageContaining("full");
        update("drop trigger fail on batch");
        assertThat(count("seal")).isEqualTo(seals);
        assertThat(verify()).isEmpty();
    }

    @AfterAll
    static void close() {
        run.close();
        warehouse.close();
        sandbox.close();
    }

    private static long count(String rows) {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync." + rows).query(Long.class).single();
    }

    private static List<String> verify() {
        return new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog).verify().differences();
    }

    private static List<String> verify(boolean everything) {
        StreamDefinition lines = run.catalog.find("ledger_entry_lines").orElseThrow();
        return everything ? verify()
                : new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog)
                        .verify(List.of(company), List.of(lines)).differences();
    }

    private static DigestVerificationResult documents() {
        return new DigestVerification(run.settings, warehouse.jdbc(), Optional.empty(), List.of(), List.of())
                .all(run.runtime.archive().bucket());
    }

    @Test
    void whatIsOldIsGoneAndEverythingIsStillProven() throws IOException, InterruptedException {
        assertThat(verify()).isEmpty();
        DigestVerificationResult documents = documents();
        assertThat(documents.differences()).isEmpty();
        assertThat(documents.documents()).isEqualTo(5);
        ProofScript script = new ProofScript(warehouse, run.settings, directory);
        for (int document : List.of(1, 3, 5)) {
            assertThat(script.check(document)).contains("no differences");
        }

        assertThat(count("seal where stream = 'ledger_entry_lines' and versions > 0 and cardinality(batch_ids) > 0"))
                .isEqualTo(2);
        ThinnedStream lines = ThinnedStream.of(warehouse.jdbc(), company).get("ledger_entry_lines");
        assertThat(lines.versionsBefore()).hasValueSatisfying(before -> assertThat(before)
                .isCloseTo(Instant.now().minus(Duration.ofDays(DAYS / 2)), within(1, ChronoUnit.DAYS)));
        assertThat(lines.batches()).isPositive();
        assertThat(sealed("versions")).isGreaterThanOrEqualTo(count("thinned_version"));
        assertThat(count("record_version where replaced_at < now() - interval '300 days'")).isZero();
        assertThat(count("thinned_version")).isPositive().isLessThan(versionsBefore);
        assertThat(sealed("cardinality(batch_ids)")).isGreaterThan(batchesBefore / 4);
        assertThat(Files.readString(script.document(1))).doesNotContain("thinned");
        assertThat(Files.readString(script.document(3))).contains("\"versions_before\":\"20",
                "\"thinned\":{\"batches\"");
    }

    private static long sealed(String what) {
        return warehouse.jdbc().sql("select sum(" + what + ") from pennylane_sync.seal").query(Long.class).single();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "delete from batch where id = (select min(id) from batch where {s})"
                    + " ; batch \\d+: is number \\d+ where number \\d+ should stand",
            "update seal set versions = versions + 1 where {s} ; \\d+: its seal \\d+ is not the one that was made",
            "update seal set versions_hash = sha256('') where {s} ; its seal \\d+ is not the one",
            "update seal set batch_entries[1] = sha256('') where {s} ; batch \\d+: the chain is broken",
            "update seal set batch_ids[1] = batch_ids[1] + 1000000 where {s} ; its seal \\d+ is not the one",
            "update seal set batch_landed_at[1] = batch_landed_at[1] - interval '1 day' where {s} ; is not the one",
            "update seal set records = records - 1 where {s} ; its seal \\d+ is not the one",
            "update seal set batches_before = batches_before - interval '1 day' where {s} ; is not the one",
            "update seal set versions_before = sealed_at where {s} ; seal \\d+: speaks of what was younger than thirty",
            "update seal set batch_numbers = batch_numbers[2:], batch_ids = batch_ids[2:], batch_entries ="
                    + " batch_entries[2:], batch_landed_at = batch_landed_at[2:] where {s} ; is number \\d+ where",
            "update seal set batch_numbers = batch_numbers || number, batch_ids = batch_ids || 1::bigint,"
                    + " batch_entries = batch_entries || sha256(''), batch_landed_at = batch_landed_at ||"
                    + " batch_landed_at[1] where {s}"
                    + " ; batch \\d+: is here although a seal says that it was removed",
            "delete from seal where {s} ; batch \\d+: its seal \\d+ is gone",
            "insert into seal select company_id, stream, number + 1000, sealed_at, versions_before, versions,"
                    + " versions_hash, batches_before, records, '{}', '{}', '{}', '{}' from seal where {s}"
                    + " ; seal \\d+: no entry of the ledger binds it",
            "insert into seal select company_id, stream, number + 1000, sealed_at, versions_before, versions,"
                    + " versions_hash, batches_before, records, batch_numbers, batch_ids, batch_landed_at,"
                    + " batch_entries from seal where {s} ; seal \\d+: batch number \\d+ was removed before",
            "delete from batch where {s} and pass = 'thinning' ; batch \\d+: is number",
            "with gone as (delete from seal where {s}) delete from batch where {s} and pass = 'thinning'"
                    + " ; was thinned, and no seal says so",
            "update seal set company_id = company_id + 1 where {s} ; warehouse table pennylane_sync.seal has rows of",
            "update thinned_version set record_hash = sha256('') where {s} ; batch \\d+: the rows do not match",
            "update thinned_version set batch_id = batch_id + 1000000 where {s} ; row 0/\\d+, of which there is no",
            "update thinned_version set deleted_at = now() where {s} ; version 0/\\d+ column deleted_at",
            "delete from thinned_version where {s} ; names row 0/\\d+, of which there is no version of that time",
            "insert into thinned_version select company_id, stream, parent_id, id, batch_id, replaced_by_batch_id + 1,"
                    + " record_hash, null from thinned_version where {s} ; version 0/\\d+: its versions do not follow",
            "insert into thinned_version select company_id, stream, 0, 77, 1, 2, sha256(''), null from seal where {s}"
                    + " limit 1 ; version 0/77: was thinned, and no batch is hashed with it",
            "with young as (delete from record_version where {s} returning *) insert into thinned_version select"
                    + " company_id, stream, parent_id, id, batch_id, replaced_by_batch_id, record_hash, deleted_at"
                    + " from young ; version 0/\\d+: was thinned, and no seal says so",
            "update record_version set replaced_at = replaced_at - interval '1 year' where {s}"
                    + " ; version 0/\\d+: is here although a seal says that it was removed"})
    void whatIsDoneAroundASealIsFoundAndNamed(String sql, String named) {
        save();
        try {
            assertThat(update(sql.replace("{s}", "stream = 'ledger_entry_lines'"))).isPositive();
            assertThat(verify(named.startsWith("warehouse"))).anyMatch(found -> found.matches(".*" + named + ".*"));
        } finally {
            restore();
        }
        assertThat(count("foreign_change")).isZero();
    }

    private static void save() {
        TABLES.forEach(table -> update("create table saved." + table + " as table " + table));
    }

    private static void restore() {
        TABLES.forEach(table -> {
            update("delete from " + table);
            update("insert into " + table + " overriding system value table saved." + table);
            update("drop table saved." + table);
        });
    }

    private static int update(String sql) {
        return warehouse.transaction(() -> {
            warehouse.jdbc().sql("set local search_path = pennylane_sync; create schema if not exists saved").update();
            return warehouse.jdbc().sql(sql).update();
        });
    }

    /** Somebody with all rights makes the seal and every hash behind it anew: the documents know better. */
    @Test
    void aSealThatIsForgedWithEveryHashBehindItIsFoundByTheDocuments() {
        save();
        try {
            update("update batch set chain_hash = sha256(chain_hash) where stream = 'journals'");
            update("update seal set batch_entries[1] = sha256('forged') where stream = 'ledger_entry_lines'");
            assertThat(documents().differences()).anyMatch(found -> found.matches(
                    "CHAIN_REWRITTEN company \\d+ ledger_entry_lines: batch \\d+ is not the one of digest 1"));
            update("delete from seal where stream = 'customers'");
            assertThat(documents().differences()).anyMatch(found -> found.matches(
                    "CHAIN_CUT company \\d+ customers: (batch|versions) .*"));
        } finally {
            restore();
        }
    }

    @Test
    void whatDoesNotVerifyIsNotThinnedAndWhatIsYoungNever() {
        StreamDefinition journals = run.catalog.find("journals").orElseThrow();
        Thinning thinning = thinning(Optional.of(Period.ofDays(31)));
        assertThat(thinning.streams()).hasSizeGreaterThan(READ.size());
        assertThat(thinning(Optional.empty()).streams()).isEmpty();
        warehouse.jdbc().sql("update pennylane.journals set label = label || '!'").update();
        try {
            assertThat(thinning.isProven(new StreamOfCompany(company, journals))).isFalse();
        } finally {
            warehouse.jdbc().sql("update pennylane.journals set label = payload ->> 'label'").update();
        }
        assertThatThrownBy(() -> thinning(Optional.of(Period.ofDays(29))).thin(new StreamOfCompany(company, journals)))
                .rootCause().hasMessageContaining("only what is older than 30 days is thinned");
    }
}
