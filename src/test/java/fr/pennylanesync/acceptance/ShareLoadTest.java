package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.acceptance.ProcessInstallation.EndedProcess;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.share.ShareConnections;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ledger of the data sharing in a small JVM, once undisturbed and once killed again and again on its way.
 *
 * <p>{@code mvn -q test -Dtest=ShareLoadTest -Dhistory.rows=1000000 -Dhistory.kills=20}. How fast it is, the benchmark
 * {@code share} says.
 */
@Tag("minutes")
class ShareLoadTest {

    private static final int ROWS = Integer.getInteger("history.rows", 30_000);
    private static final int KILLS = Integer.getInteger("history.kills", 2);
    private static final int BATCHES_BETWEEN_KILLS = 3 + ROWS / ShareConnections.FETCH_ROWS / Math.max(1, KILLS);

    @TempDir
    Path home;
    @TempDir
    Path killedHome;

    @Test
    void aLedgerArrivesWholeInLittleMemoryHoweverOftenItIsKilled() throws Exception {
        try (Sandbox sandbox = Sandbox
                .start(SandboxOptions.defaults().withCompanies(1).withRecords(20).withRateLimit(RateLimit.OFF))) {
            Settings.Database share = share(sandbox.companies().get(0).id());
            Settings.Database target = TestWarehouse.readyDatabase();
            ProcessInstallation undisturbed =
                    installation(ProcessInstallation.of(home, sandbox).into(target), share).withServerMachine();
            try (Warehouse warehouse = ready(target, sandbox.companies().get(0).id())) {
                assertCompleteButForTheApi(undisturbed.run("sync", "--stream", "ledger_entry_lines"));
                assertWhole(warehouse);
            }
            killAgainAndAgain(sandbox, share);
        }
    }

    private void killAgainAndAgain(Sandbox sandbox, Settings.Database share) throws Exception {
        Settings.Database target = TestWarehouse.readyDatabase();
        ProcessInstallation installation =
                installation(ProcessInstallation.of(killedHome, sandbox).into(target), share);
        try (Warehouse warehouse = ready(target, sandbox.companies().get(0).id())) {
            Random random = new Random(KILLS);
            for (int i = 0; i < KILLS; i++) {
                long enough = batches(warehouse) + random.nextInt(BATCHES_BETWEEN_KILLS);
                Process process = installation.start("sync", "--stream", "ledger_entry_lines");
                await().atMost(Duration.ofMinutes(2)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2))
                        .until(() -> batches(warehouse) >= enough || !process.isAlive());
                process.destroyForcibly().waitFor();
            }
            EndedProcess last = installation.run("sync", "--stream", "ledger_entry_lines");
            assertCompleteButForTheApi(last);
            assertWhole(warehouse);
            EndedProcess verified = installation.run("verify", "--stream", "ledger_entry_lines");
            assertThat(verified.exitCode()).as(verified.all()).isZero();
        }
    }

    private static ProcessInstallation installation(ProcessInstallation installation, Settings.Database share) {
        return installation.with("share.jdbc-url", share.jdbcUrl()).with("share.username", share.username())
                .with("share.password", share.password().orElseThrow().reveal());
    }

    /** Its ids are not in the sandbox's API: that they mean the same is taken for granted here. */
    private static Warehouse ready(Settings.Database target, long company) {
        Warehouse warehouse = Warehouse.open(TestWarehouse.settings(target));
        warehouse.jdbc()
                .sql("insert into pennylane_sync.share_match (company_id, stream, verdict, sampled, found, agreeing)"
                        + " values (?, 'ledger_entry_lines', 'SAME', 0, 0, 0)")
                .param(company).update();
        return warehouse;
    }

    /** The rows are not in the sandbox's API: the sweep that would complete them finds them gone, and deletes none. */
    private static void assertCompleteButForTheApi(EndedProcess ended) {
        assertThat(ended.exitCode()).as(ended.all()).isEqualTo(1);
        assertThat(ended.all()).contains("SWEEP_WOULD_DELETE");
    }

    private static long batches(Warehouse warehouse) {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync.batch where pass = 'history'")
                .query(Long.class).single();
    }

    private static void assertWhole(Warehouse warehouse) {
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane.ledger_entry_lines where source = 'share'")
                .query(Long.class).single())
                .isEqualTo(ROWS);
        assertThat(
                warehouse.jdbc().sql("select sum(row_count) from pennylane_sync.share_partition where state = 'EQUAL'")
                        .query(Long.class)
                        .single())
                .isEqualTo(ROWS);
        assertThat(
                warehouse.jdbc().sql("select count(*) from pennylane_sync.record_version").query(Long.class).single())
                .isZero();
        assertThat(warehouse.jdbc()
                .sql("select state from pennylane_sync.stream_state where stream = 'ledger_entry_lines'")
                .query(String.class)
                .single()).isEqualTo("LIVE");
    }

    private static Settings.Database share(long company) throws SQLException {
        Settings.Database share = TestWarehouse.newDatabase();
        try (Connection connection = connect(share); Statement statement = connection.createStatement()) {
            statement.execute("""
                    create function strtol(varchar, int) returns bigint language sql immutable as
                        $$ select ('x' || lpad($1, 16, '0'))::bit(64)::bigint $$;
                    create schema pennylane;
                    create table pennylane.companies as select %1$d::bigint as id;
                    create table pennylane.general_ledger as select %1$d::bigint as company_id,
                        'Une société'::varchar as company_name, n::bigint as id,
                            (date '2024-01-01' + (n::bigint * 1095 / %2$d)::int - abs(hashint4(n)) %% 90) as date,
                            null::bigint as lettering,
                        ('Écriture ' || n || ' du fournisseur')::varchar as label, (n * 1.01)::numeric(18,2) as debit,
                        0::numeric(18,2) as credit, ('401' || n %% 1000)::varchar as plan_item_number,
                            'Fournisseurs'::varchar as plan_item_label,
                        'HA'::varchar as journal_code, 'Achats'::varchar as journal_label,
                            (n / 3)::bigint as document_id,
                        ('Facture ' || n)::varchar as document_label, ('F-' || n)::varchar as invoice_number,
                            null::varchar as fec_pieceref,
                        (n %% 500)::bigint as thirdparty_id, '401'::varchar as thirdparty_plan_item_number,
                        'Tiers'::varchar as thirdparty_plan_item_label, null::varchar as invoice_link,
                            'x'::varchar as created_by,
                        timestamp '2024-01-01' as document_created_at, timestamp '2024-01-02' as document_updated_at
                        from generate_series(1, %2$d) n;
                    analyze pennylane.general_ledger""".formatted(company, ROWS));
        }
        return share;
    }

    private static Connection connect(Settings.Database database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(),
                database.password().orElseThrow().reveal());
    }
}
