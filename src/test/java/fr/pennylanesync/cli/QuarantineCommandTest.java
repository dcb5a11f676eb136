package fr.pennylanesync.cli;

import static fr.pennylanesync.cli.CommandRun.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.acceptance.ScriptedFeed;
import fr.pennylanesync.acceptance.ScriptedPennylane;
import fr.pennylanesync.acceptance.ScriptedPennylane.Script;
import fr.pennylanesync.sandbox.AdjustableClock;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was set aside is listed without its content, read again when asked for, and over once it has landed. */
class QuarantineCommandTest {

    private static final String NAME = "Dupont & Fils";
    private static final String FORBIDDEN = "{\"error\":\"forbidden\",\"message\":\"not yours\"}";
    private static final int PRODUCTS = 25;
    private static final int PRODUCTS_LEFT = 3;

    @TempDir
    private Path home;

    @Test
    void whatWasSetAsideIsListedShownAndReadAgain() throws Exception {
        Settings.Database database = TestWarehouse.newDatabase();
        try (ScriptedPennylane pennylane = pennylane();
                Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            Path configuration = configuration(pennylane, database);
            assertEnds(run(configuration, "sync", "--stream", "customers", "--stream", "products"), 0);
            setAside(pennylane, warehouse);
            assertEnds(run(configuration, "sync", "--stream", "customers", "--stream", "products", "--pass", "sweep"),
                    1,
                    "products: UNCONFIRMED, SWEEP_WOULD_DELETE 22", "--stream products --pass sweep --confirm");
            assertEnds(run(configuration, "status"), 1, "SWEEP_WOULD_DELETE");

            JsonNode listed = assertEnds(run(configuration, "quarantine", "list", "--json"), 0).json();
            assertThat(listed.findValuesAsText("kind")).containsExactlyInAnyOrder("RECORD", "SWEEP", "FILE");
            String record = idOf(listed, "RECORD");
            assertThat(assertEnds(run(configuration, "quarantine", "list"), 0, "SWEEP_WOULD_DELETE 22",
                    "scripted customers, record 1").out().lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
            CommandRun shown = assertEnds(run(configuration, "quarantine", "show", record), 0, "FORBIDDEN",
                    "ask the company's administrator");
            assertThat(shown.text()).doesNotContain("Dupont").containsPattern("record hash [0-9a-f]{64}");

            assertEnds(run(configuration, "quarantine", "retry", "--all"), 1, "RECORD: OPEN, FORBIDDEN", "SWEEP: OPEN",
                    "FILE: PENDING");
            assertThat(warehouse.jdbc().sql("select state from pennylane_sync.file").query(String.class).single())
                    .isEqualTo("PENDING");

            pennylane.heal();
            shorten(pennylane);
            assertEnds(run(configuration, "quarantine", "retry", record), 0, "RECORD: RESOLVED");
            assertEnds(run(configuration, "quarantine", "retry", idOf(listed, "SWEEP"), "--confirm"), 0,
                    "SWEEP: RESOLVED");
            assertThat(live(warehouse, "products")).isEqualTo(PRODUCTS_LEFT);
            assertEnds(run(configuration, "status"), 0);
            assertEnds(run(configuration, "quarantine", "retry", record), 0, "Nothing is open");
            assertEnds(run(configuration, "quarantine", "list", "--resolved"), 0, "FORBIDDEN, resolved");
        }
    }

    private static ScriptedPennylane pennylane() {
        return new ScriptedPennylane(List.of(
                new Script("/customers", "", "filter", 200, list(List.of("{\"id\":1,\"name\":\"" + NAME + "\"}"))),
                new Script("/customers/1", "", "", 200, "{\"id\":1,\"name\":\"" + NAME + "\"}"),
                new Script("/customers", "\"in\"", "", 200,
                        list(List.of("{\"id\":1,\"name\":\"" + NAME + ", again\"}"))),
                new Script("/products", "", "filter", 200, products(PRODUCTS))),
                List.of(new ScriptedFeed("/changelogs/customers", true, 1000)),
                AdjustableClock.runningFrom(Instant.now()), Sandbox.ALL_SCOPES);
    }

    /** The customer is refused, most products are gone, and a file could not be archived. */
    private static void setAside(ScriptedPennylane pennylane, Warehouse warehouse) {
        pennylane.fault(new Script("/customers", "", "filter", 200, list(List.of())));
        pennylane.fault(new Script("/customers", "\"in\"", "", 200, list(List.of())));
        pennylane.fault(new Script("/customers/1", "", "", 403, FORBIDDEN));
        shorten(pennylane);
        warehouse.jdbc()
                .sql("insert into pennylane_sync.due (company_id, stream, id, batch_id) values (?, 'customers', 1, 0)")
                .param(ScriptedPennylane.COMPANY).update();
        warehouse.jdbc().sql("""
                insert into pennylane_sync.file (company_id, stream, parent_id, record_id, field, state, batch_id,
                    attempts)
                values (?, 'customer_invoices', 0, 7, 'public_file_url', 'QUARANTINED', 1, 4)""")
                .param(ScriptedPennylane.COMPANY).update();
        warehouse.jdbc().sql("""
                insert into pennylane_sync.quarantine (company_id, stream, kind, record_id, subject, reason)
                values (?, 'customer_invoices', 'FILE', 7, 'public_file_url', 'NOT_A_PDF')""")
                .param(ScriptedPennylane.COMPANY).update();
    }

    private static void shorten(ScriptedPennylane pennylane) {
        pennylane.fault(new Script("/products", "", "filter", 200, products(PRODUCTS_LEFT)));
    }

    private static String products(int count) {
        return list(IntStream.rangeClosed(1, count).mapToObj(id -> "{\"id\":" + id + "}").toList());
    }

    private static String list(List<String> items) {
        return "{\"items\":[" + String.join(",", items) + "],\"has_more\":false,\"next_cursor\":null}";
    }

    private Path configuration(ScriptedPennylane pennylane, Settings.Database database) throws IOException {
        Path tokens = Files.createDirectory(home.resolve("tokens"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path token = Files.createFile(tokens.resolve("scripted.token"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(token, "a-token-of-the-scripted-company");
        return Files.write(home.resolve("test.properties"), List.of("pennylane.base-url=" + pennylane.baseUri(),
                "pennylane.tokens.directory=" + tokens, "pennylane.rate.requests=10000", "retry.delay-ms=5",
                "archive.directory=" + home.resolve("archive"), "logging.file=" + home.resolve("sync.log"),
                "warehouse.jdbc-url=" + database.jdbcUrl(), "warehouse.username=" + database.username(),
                "warehouse.password=" + database.password().map(Secret::reveal).orElse("")));
    }

    private static CommandRun run(Path configuration, String... command) {
        return CommandRun.of(configuration, "", command);
    }

    private static String idOf(JsonNode listed, String kind) {
        return listed.findParents("kind").stream().filter(entry -> entry.get("kind").asText().equals(kind))
                .map(entry -> entry.get("id").asText()).collect(Collectors.joining());
    }

    private static long live(Warehouse warehouse, String stream) {
        return warehouse.jdbc().sql("select count(*) from pennylane." + stream + " where deleted_at is null")
                .query(Long.class).single();
    }
}
