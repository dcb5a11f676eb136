package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.acceptance.ProcessInstallation.EndedProcess;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever edits the warehouse by hand is found out by {@code verify}: each stream here is edited in a way of its own.
 */
class TamperTest {

    @TempDir
    Path home;

    @Test
    void verifyNamesEveryEdit() {
        assertThat(streamsNamedAfter(warehouse -> {
            edit(warehouse, "update pennylane.products set payload = jsonb_set(payload, '{label}', '\"edited\"')",
                    "products");
            edit(warehouse, "update pennylane.suppliers set record_hash = sha256(record_hash)", "suppliers");
            edit(warehouse, "delete from pennylane.ledger_entry_lines", "ledger_entry_lines");
            edit(warehouse, "update pennylane_sync.batch set batch_hash = sha256(batch_hash)", "ledger_accounts");
            edit(warehouse, "update pennylane_sync.batch set chain_hash = sha256(chain_hash)", "categories");
            edit(warehouse, "delete from pennylane_sync.batch", "customers");
        })).containsExactlyInAnyOrder("products", "suppliers", "ledger_entry_lines", "ledger_accounts", "categories",
                "customers");
    }

    private List<String> streamsNamedAfter(Consumer<Warehouse> edits) {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRecords(40).withRateLimit(RateLimit.OFF);
        Settings.Database database = TestWarehouse.readyDatabase();
        try (Sandbox sandbox = Sandbox.start(options);
                Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            ProcessInstallation installation = ProcessInstallation.of(home, sandbox).into(database);
            assertThat(installation.run("sync", "--no-files").exitCode()).isZero();
            assertThat(installation.run("verify").exitCode()).isZero();
            edits.accept(warehouse);
            EndedProcess verified = installation.run("verify");
            assertThat(verified.exitCode()).as(verified.all()).isEqualTo(1);
            return verified.out().lines().filter(line -> line.startsWith("company ")).map(line -> line.split(" ")[2])
                    .distinct().toList();
        }
    }

    /** Edits the first row of a stream, or its first batch. */
    private static void edit(Warehouse warehouse, String change, String stream) {
        boolean ofLedger = change.contains("pennylane_sync.batch");
        String first = ofLedger ? "(select min(id) from pennylane_sync.batch where stream = ?)"
                : "(select min(id) from pennylane." + stream + ")";
        List<String> parameters = ofLedger ? List.of(stream) : List.of();
        assertThat(warehouse.jdbc().sql(change + " where id = " + first).params(parameters).update()).as(change)
                .isOne();
    }
}
