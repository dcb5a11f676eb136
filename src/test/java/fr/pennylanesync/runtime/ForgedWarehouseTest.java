package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.digest.DigestVerification;
import fr.pennylanesync.digest.Digests;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
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
        try (Sandbox sandbox = Sandbox.start(options); Warehouse opened = TestWarehouse.create();
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
            assertThat(script(copy(2), key())).containsPattern("digest 2 of .* [1-9]\\d* objects, .*no differences");
            assertThat(script(copy(1), key())).contains("no differences");
            assertThat(script(altered(), key())).contains("the root is not that").contains("the signature is not that");

            assertThat(scriptOverAlteredObject()).contains("is missing or altered").hasLineCount(1);

            forge("update pennylane.ledger_entry_lines set debit = coalesce(debit, 0) + 1, payload = jsonb_set("
                    + "payload, '{debit}', to_jsonb((coalesce(debit, 0) + 1)::text)) where id = " + LINE);
            assertThat(script(copy(2), key())).isEqualTo(
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

    private String scriptOverAlteredObject() throws IOException, InterruptedException {
        Path object = directory.resolve("archive/objects/archive").resolve(warehouse.jdbc()
                .sql("select min(object_key) from pennylane_sync.file where state = 'ARCHIVED'").query(String.class)
                .single());
        byte[] content = Files.readAllBytes(object);
        Files.write(object, new byte[] {1, 2, 3});
        String said = script(copy(2), key());
        Files.write(object, content);
        return said;
    }

    private Path key() throws IOException {
        return Files.writeString(directory.resolve("key.pem"), Digests.publicKey(run.settings).pem());
    }

    private Path copy(int sequence) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("copies"))) {
            return files.filter(file -> file.endsWith("%012d.json".formatted(sequence))).findFirst().orElseThrow();
        }
    }

    private Path altered() throws IOException {
        return Files.writeString(directory.resolve("altered.json"),
                Files.readString(copy(2)).replaceFirst("\"rows\":(\\d)", "\"rows\":9$1"));
    }

    /** What the script says, which a third party runs with a dump, a document and the public key. */
    private String script(Path document, Path key) throws IOException, InterruptedException {
        Process python = new ProcessBuilder("python3", "docs/check-proof.py", dump().toString(), document.toString(),
                key.toString(), directory.resolve("archive/objects/archive").toString()).redirectErrorStream(true)
                .start();
        String said = new String(python.getInputStream().readAllBytes()).strip();
        assertThat(python.waitFor()).as(said).isEqualTo(said.endsWith("no differences") ? 0 : 1);
        return said;
    }

    /** As psql would: the first statement makes others. */
    private Path dump() throws IOException {
        String[] sql = Files.readString(Path.of("docs/proof-dump.sql")).replaceAll("(?m)^--.*$", "")
                .split("\\\\gexec");
        List<String> statements = new ArrayList<>(warehouse.jdbc().sql(sql[0]).query(String.class).list());
        statements.addAll(Stream.of(sql[1].split(";")).filter(each -> !each.isBlank()).toList());
        List<String> lines = new ArrayList<>();
        statements.forEach(each -> lines.addAll(warehouse.jdbc().sql(each).query(String.class).list()));
        return Files.write(directory.resolve("proof.jsonl"), lines);
    }
}
