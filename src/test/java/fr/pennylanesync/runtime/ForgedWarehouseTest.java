package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.digest.DigestVerification;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody with all rights in the database makes every hash anew after an edit: no hash inside is wrong, and the signed
 * documents show it all the same, to us and to a script of a third party.
 */
class ForgedWarehouseTest {

    private static final Set<String> READ = Set.of("customers", "quotes", "ledger_entry_lines");
    private static final String LINE = "(select min(id) from pennylane.ledger_entry_lines where deleted_at is null)";

    @TempDir
    Path directory;
    private Warehouse warehouse;
    private TestRun run;
    private long company;

    @Test
    void whatIsForgedIsFoundByTheDocumentsAlone() throws IOException, InterruptedException {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRecords(20).withRateLimit(RateLimit.OFF);
        try (Sandbox sandbox = Sandbox.start(options); Warehouse opened = TestWarehouse.ready();
                TestRun started = new TestRun(sandbox, opened, SyncTest.UNLIMITED,
                        Map.of("archive.directory", directory.resolve("archive").toString(), "digest.directory",
                                directory.resolve("copies").toString()))) {
            warehouse = opened;
            run = started;
            company = sandbox.companies().get(0).id();
            List<StreamDefinition> streams =
                    run.catalog.roots().stream().filter(stream -> READ.contains(stream.name())).toList();
            run.sync(streams);
            run.archive();
            run.runtime.anchor();
            sandbox.mutate(company, new Random(3), "change_amounts");
            run.sync(streams);
            run.runtime.anchor();
            ProofScript script = new ProofScript(warehouse, run.settings, directory);
            assertThat(script.check(2)).containsPattern("digest 2 of .* [1-9]\\d* objects, .*no differences");
            assertThat(script.check(1)).contains("no differences");
            assertThat(script.check(altered(script.document(2)))).contains("the root is not that")
                    .contains("the signature is not that");

            assertThat(overAlteredObject(script)).contains("is missing or altered").hasLineCount(1);

            forge("update pennylane.ledger_entry_lines set debit = coalesce(debit, 0) + 1, payload = jsonb_set("
                    + "payload, '{debit}', to_jsonb((coalesce(debit, 0) + 1)::text)) where id = " + LINE);
            assertThat(script.check(2)).isEqualTo(
                    "company " + company + " ledger_entry_lines: the chain does not hold the head of digest 2");
            forge("delete from pennylane.ledger_entry_lines where id = " + LINE);
            forge("with gone as (delete from pennylane_sync.batch where stream = 'ledger_entry_lines'), older as ("
                    + "delete from pennylane_sync.record_version where stream = 'ledger_entry_lines')"
                    + " delete from pennylane.ledger_entry_lines");
        }
    }

    private void forge(String sql) {
        assertThat(warehouse.jdbc().sql(sql).update()).isPositive();
        StreamDefinition lines = run.catalog.find("ledger_entry_lines").orElseThrow();
        new Forger(warehouse.jdbc(), lines).forge(company);

        assertThat(new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog)
                .verify(List.of(company), List.of(lines)).differences()).isEmpty();
        assertThat(new DigestVerification(run.settings, warehouse.jdbc(), Optional.empty(), List.of(), List.of())
                .latest(run.runtime.archive().bucket()).differences()).isNotEmpty().allMatch(found -> found.matches(
                        "(CHAIN_REWRITTEN|CHAIN_CUT|STREAM_VANISHED) company " + company + " ledger_entry_lines: .*"));
    }

    private Path altered(Path document) throws IOException {
        return Files.writeString(directory.resolve("altered.json"),
                Files.readString(document).replaceFirst("\"rows\":(\\d)", "\"rows\":9$1"));
    }

    private String overAlteredObject(ProofScript script) throws IOException, InterruptedException {
        Path object = script.bucket().resolve(warehouse.jdbc()
                .sql("select min(object_key) from pennylane_sync.file where state = 'ARCHIVED'").query(String.class)
                .single());
        byte[] content = Files.readAllBytes(object);
        Files.write(object, new byte[] {1, 2, 3});
        String said = script.check(2);
        Files.write(object, content);
        return said;
    }
}
