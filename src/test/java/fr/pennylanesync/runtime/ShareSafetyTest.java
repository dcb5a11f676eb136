package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.audit.AuditResult;
import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.audit.ShareAudit;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.share.IdScheme;
import fr.pennylanesync.sandbox.share.SandboxShare;
import fr.pennylanesync.sandbox.share.ShareHome;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may not happen to rows because of the data sharing, whatever it says, and however a run ended. */
class ShareSafetyTest {

    private static final Duration NO_SWEEPS = Duration.ofDays(365);
    private static final String LIVE_LINES =
            "select count(*) from pennylane.analytical_ledger where deleted_at is null";

    private static final String DELETED_LINES =
            "select count(*) from pennylane.analytical_ledger where deleted_at is not null";
    private static final String OPEN_STOPS =
            "select count(*) from pennylane_sync.quarantine where kind = 'SWEEP' and resolved_at is null";

    private Sandbox sandbox;
    private Warehouse warehouse;
    private long company;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF));
        warehouse = TestWarehouse.ready();
        company = sandbox.companies().get(0).id();
    }

    @AfterEach
    void stop() {
        warehouse.close();
        sandbox.close();
    }

    @Test
    @Timeout(120)
    void aWarehouseThatIsAwayKeepsNoConnectionToTheShare() {
        SandboxShare share = share(IdScheme.SAME);
        Map<String, String> oneConnection = ShareRun.settings(share);
        oneConnection.put("share.connections", "1");
        try (TestRun run = run(oneConnection)) {
            warehouse.jdbc().sql("alter table pennylane_sync.share_table rename to share_table_away").update();
            sync(run, Optional.empty(), "ledger_entry_lines");
            assertThat(outcome(run)).isEqualTo(Progress.StreamOutcome.FAILED);
            warehouse.jdbc().sql("alter table pennylane_sync.share_table_away rename to share_table").update();
            sync(run, Optional.empty(), "ledger_entry_lines");
            assertThat(outcome(run)).isEqualTo(Progress.StreamOutcome.COMPLETE);
        }
    }

    @Test
    void aRepairDeletesNoMoreThanASweepMay() {
        SandboxShare share = share(IdScheme.SAME);
        try (TestRun run = run(ShareRun.settings(share))) {
            sync(run, Optional.empty(), "analytical_ledger");
            long lines = count(LIVE_LINES);
            ids(share, "pennylane.general_ledger")
                    .forEach(id -> share.setValue("pennylane.general_ledger", company, id, "company_id", "1"));
            sync(run, Optional.of(PassKind.SWEEP), "analytical_ledger");
            assertThat(count(LIVE_LINES)).as("after the sweep").isEqualTo(lines).isGreaterThan(20);

            assertThat(audit(run).run(List.of(company), streams(run, "analytical_ledger"), true))
                    .extracting(AuditResult::outcome)
                    .contains(AuditOutcome.DIFFERENT);
            assertThat(count(LIVE_LINES)).as("after the repair").isEqualTo(lines);
            assertThat(count(OPEN_STOPS)).isEqualTo(1);
        }
    }

    /** The stand-in loses a third of the lines of each month, and as many come that were not there. */
    @Test
    void aSweepThatIsStoppedHasDeletedNothing() {
        SandboxShare share = share(IdScheme.SAME);
        try (TestRun run = run(ShareRun.settings(share))) {
            sync(run, Optional.empty(), "analytical_ledger");
            long lines = count(LIVE_LINES);
            share.execute("update store.general_ledger set id = id + 900000000 where company_id = " + company
                    + " and id % 3 = 0");
            sync(run, Optional.of(PassKind.SWEEP), "analytical_ledger");
            assertThat(count(DELETED_LINES)).isZero();
            assertThat(count(LIVE_LINES)).as("what came is landed").isGreaterThan(lines);
            assertThat(count(OPEN_STOPS)).isEqualTo(1);

            run.syncRequest = new SyncRequest(Optional.of(PassKind.SWEEP), true, NO_SWEEPS, NO_SWEEPS);
            run.sync(streams(run, "analytical_ledger"));
            assertThat(count(DELETED_LINES)).as("once it is confirmed").isGreaterThan(20);
            assertThat(count(LIVE_LINES)).isEqualTo(lines);
            assertThat(count(OPEN_STOPS)).isZero();
        }
    }

    @Test
    void rowsDoNotGoBitByBitThatMayNotGoAtOnce() {
        SandboxShare share = share(IdScheme.SAME);
        try (TestRun run = run(ShareRun.settings(share))) {
            sync(run, Optional.empty(), "analytical_ledger");
            List<Long> ids = linesById();
            long few = 11;
            long lost = hide(share, ids, few);
            sync(run, Optional.of(PassKind.SWEEP), "analytical_ledger");
            assertThat(count(DELETED_LINES)).as("few may go").isEqualTo(lost).isPositive();

            hide(share, ids, few);
            for (boolean repair : List.of(false, true, true)) {
                sync(run, Optional.of(PassKind.SWEEP), "analytical_ledger");
                audit(run).run(List.of(company), streams(run, "analytical_ledger"), repair);
                assertThat(count(DELETED_LINES)).as("and as many again within a week may not").isEqualTo(lost);
            }
            assertThat(count(OPEN_STOPS)).isEqualTo(1);
            warehouse.jdbc().sql("update pennylane_sync.inferred_deletion set decided_at = now() - interval '8 days'")
                    .update();
            sync(run, Optional.of(PassKind.SWEEP), "analytical_ledger");
            assertThat(count(DELETED_LINES)).as("in another week").isGreaterThan(lost);
            assertThat(count(OPEN_STOPS)).isZero();
        }
    }

    /** The share moves several times between two sweeps: that is no fault of the copy, and hides none. */
    @Test
    void whatTheShareChangedSinceItWasReadIsStaleAndNotDifferent() {
        SandboxShare share = share(IdScheme.SAME);
        try (TestRun run = run(ShareRun.settings(share))) {
            List<StreamDefinition> own = List.of(run.catalog.find("analytical_ledger").orElseThrow(),
                    run.catalog.find("tax_declarations").orElseThrow());
            run.syncRequest = new SyncRequest(Optional.empty(), false, NO_SWEEPS, NO_SWEEPS);
            run.sync(own);
            List<Long> lines = linesById();
            share.setValue("pennylane.general_ledger", company, lines.get(0), "label", "other words");
            assertOutcomes(run, own, false, AuditOutcome.STALE, AuditOutcome.EQUAL);
            warehouse.jdbc()
                    .sql("update pennylane.analytical_ledger set label = 'forged' where ledger_entry_line_id = ?")
                    .param(lines.get(1)).update();
            sync(run, Optional.of(PassKind.SWEEP), "analytical_ledger");
            assertOutcomes(run, own, false, AuditOutcome.EQUAL, AuditOutcome.EQUAL);

            share.setValue("pennylane.general_ledger", company, lines.get(0), "label", "more words");
            share.setValue("pennylane.tax_declarations", company,
                    ids(share, "pennylane.tax_declarations").get(0), "company_id", "1");
            assertOutcomes(run, own, false, AuditOutcome.STALE, AuditOutcome.STALE);
            warehouse.jdbc()
                    .sql("update pennylane.analytical_ledger set label = 'forged' where ledger_entry_line_id = ?")
                    .param(lines.get(0)).update();
            assertOutcomes(run, own, false, AuditOutcome.DIFFERENT, AuditOutcome.STALE);
            assertOutcomes(run, own, true, AuditOutcome.REPAIRED, AuditOutcome.REPAIRED);
            assertOutcomes(run, own, false, AuditOutcome.EQUAL, AuditOutcome.EQUAL);
            assertThat(count("select count(*) from pennylane.tax_declarations where deleted_at is not null"))
                    .isEqualTo(1);
        }
    }

    private void assertOutcomes(TestRun run, List<StreamDefinition> streams, boolean repair, AuditOutcome... outcomes) {
        assertThat(audit(run).run(List.of(company), streams, repair)).extracting(AuditResult::outcome)
                .containsExactly(outcomes);
    }

    private List<Long> linesById() {
        return warehouse.jdbc().sql("select distinct ledger_entry_line_id from pennylane.analytical_ledger order by 1")
                .query(Long.class).list();
    }

    /**
     * Hides the next lines of some, until so many rows are gone.
     *
     * @return how many are
     */
    private long hide(SandboxShare share, List<Long> ids, long rows) {
        long hidden = 0;
        while (hidden < rows) {
            long id = ids.remove(0);
            hidden += count("select count(*) from pennylane.analytical_ledger where ledger_entry_line_id = " + id);
            share.setValue("pennylane.general_ledger", company, id, "company_id", "1");
        }
        return hidden;
    }

    private ShareAudit audit(TestRun run) {
        return Tables.of(warehouse.jdbc()).audit(run.settings.share().map(Share::of).orElseThrow(),
                run.runtime::repair);
    }

    @Test
    void whatTheApiDeletedStaysDeleted() {
        SandboxShare share = share(IdScheme.SAME);
        try (TestRun run = run(ShareRun.settings(share))) {
            sync(run, Optional.empty(), "ledger_entry_lines");
            warehouse.jdbc()
                    .sql("update pennylane.ledger_entry_lines set deleted_at = now(), changed_at = now() where id ="
                            + " (select min(id) from pennylane.ledger_entry_lines)")
                    .update();
            sync(run, Optional.of(PassKind.HISTORY), "ledger_entry_lines");
            assertThat(outcome(run)).isEqualTo(Progress.StreamOutcome.COMPLETE);
            assertThat(count("select count(*) from pennylane.ledger_entry_lines where deleted_at is not null"))
                    .isEqualTo(1);
        }
    }

    @Test
    void anInterruptedRepairLeavesNothingOfAHistoryOut() {
        SandboxShare share = share(IdScheme.SAME);
        try (TestRun run = run(ShareRun.settings(share))) {
            sync(run, Optional.empty(), "ledger_entry_lines");
            String month = warehouse.jdbc().sql(
                    "select to_char(min(date), 'YYYY-MM') || '..' || to_char(min(date) + interval '1 month', 'YYYY-MM')"
                            + " from pennylane.ledger_entry_lines")
                    .query(String.class).single();
            warehouse.jdbc().sql(
                    "update pennylane_sync.checkpoint set run = run + 1, position = jsonb_build_object('kind', "
                            + "'partitions', 'again',"
                            + " true, 'unread', jsonb_build_array(?::text)) where stream = 'ledger_entry_lines' and "
                            + "pass = 'history'")
                    .param(month).update();
            warehouse.jdbc().sql("delete from pennylane_sync.share_partition").update();
            sync(run, Optional.of(PassKind.HISTORY), "ledger_entry_lines");
            assertThat(count("select sum(row_count) from pennylane_sync.share_partition"))
                    .isEqualTo(ids(share, "pennylane.general_ledger").size());
        }
    }

    @Test
    void aHistoryThatCameToItsEndLeavesNoPartitionSetAside() {
        SandboxShare share = share(IdScheme.SAME);
        try (TestRun run = run(ShareRun.settings(share))) {
            sync(run, Optional.empty(), "ledger_entry_lines");
            warehouse.jdbc().sql(
                    "insert into pennylane_sync.quarantine (company_id, stream, kind, parent_id, record_id, subject, "
                            + "reason, last_seen_at)"
                            + " select ?, 'ledger_entry_lines', 'BATCH', 0, 0, subject, 'SHARE_DIGEST_DIFFERS', "
                            + "now() - interval '1 hour'"
                            + " from unnest(array['partition 2001-01..2001-07', "
                            + "'history partition 2001-01 reading 1 batch 2', 'walk after 7']) subject")
                    .param(company).update();
            sync(run, Optional.of(PassKind.HISTORY), "ledger_entry_lines");
            assertThat(warehouse.jdbc().sql("select subject from pennylane_sync.quarantine where resolved_at is null")
                    .query(String.class).list())
                    .containsExactly("walk after 7");
        }
    }

    @Test
    void idsAreComparedEvenIfEveryRowIsFresh() {
        SandboxShare share = share(IdScheme.FOREIGN);
        String now = Instant.now().toString().replace('T', ' ').replace("Z", "");
        ids(share, "pennylane.fiscal_years")
                .forEach(id -> share.setValue("pennylane.fiscal_years", company, id, "updated_at", now));
        try (TestRun run = run(ShareRun.settings(share))) {
            sync(run, Optional.empty(), "fiscal_years");
            assertThat(
                    warehouse.jdbc().sql("select verdict from pennylane_sync.share_match").query(String.class).list())
                    .containsExactly("APART");
            assertThat(count("select count(*) from pennylane.fiscal_years where source <> 'api'")).isZero();
        }
    }

    @Test
    void nothingToCompareProvesNothing() {
        SandboxShare share = share(IdScheme.SAME);
        ids(share, "pennylane.fiscal_years")
                .forEach(id -> share.setValue("pennylane.fiscal_years", company, id, "company_id", "1"));
        try (TestRun run = run(ShareRun.settings(share))) {
            sync(run, Optional.empty(), "fiscal_years");
            assertThat(count("select count(*) from pennylane_sync.share_match")).isZero();
            assertThat(count("select count(*) from pennylane.fiscal_years where source = 'api'"))
                    .isEqualTo(sandbox.truth().records(company, "fiscal_years").count()).isPositive();
        }
    }

    private SandboxShare share(IdScheme ids) {
        return sandbox.openShare(ShareHome.options().withIds(ids));
    }

    private TestRun run(Map<String, String> settings) {
        return new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, settings);
    }

    private static void sync(TestRun run, Optional<PassKind> pass, String stream) {
        run.syncRequest = new SyncRequest(pass, false, NO_SWEEPS, NO_SWEEPS);
        run.sync(streams(run, stream));
    }

    private static List<StreamDefinition> streams(TestRun run, String stream) {
        return List.of(run.catalog.find(stream).orElseThrow());
    }

    private static Progress.StreamOutcome outcome(TestRun run) {
        return run.progress.all().get(0).outcome();
    }

    private long count(String sql) {
        return warehouse.jdbc().sql(sql).query(Long.class).single();
    }

    private List<Long> ids(SandboxShare share, String table) {
        try (Connection connection =
                DriverManager.getConnection(share.jdbcUrl(), share.login().username(), share.login().password());
                ResultSet rows = connection.createStatement()
                        .executeQuery("select id from " + table + " where company_id = " + company)) {
            List<Long> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
