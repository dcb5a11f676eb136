package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.pennylanesync.audit.AuditResult;
import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.audit.ShareAudit;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.report.StatusReport;
import fr.pennylanesync.report.StreamStatus;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.share.ColumnChange;
import fr.pennylanesync.sandbox.share.IdScheme;
import fr.pennylanesync.sandbox.share.SandboxShare;
import fr.pennylanesync.sandbox.share.ShareHome;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes wrong with the data sharing, and what does not go wrong because of it. */
@Tag("minutes")
class ShareFaultTest {

    private static final int CUTS = Integer.getInteger("history.cuts", 4);
    private static final Duration NO_SWEEPS = Duration.ofDays(365);

    private Sandbox sandbox;
    private Warehouse warehouse;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF));
        warehouse = TestWarehouse.ready();
    }

    @AfterEach
    void stop() {
        warehouse.close();
        sandbox.close();
    }

    private SandboxShare share(IdScheme ids) {
        return sandbox.openShare(ShareHome.options().withIds(ids));
    }

    private TestRun run(Map<String, String> settings) {
        TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, settings);
        run.syncRequest = new SyncRequest(Optional.empty(), false, NO_SWEEPS, NO_SWEEPS);
        return run;
    }

    private long count(String sql) {
        return warehouse.jdbc().sql(sql).query(Long.class).single();
    }

    private static List<StreamDefinition> streams(TestRun run, String... names) {
        return List.of(names).stream().map(name -> run.catalog.find(name).orElseThrow()).toList();
    }

    private static String reason(TestRun run, String stream) {
        return run.progress.all().stream()
                .filter(progress -> progress.stream().equals(stream)
                        && progress.outcome() != Progress.StreamOutcome.COMPLETE)
                .flatMap(progress -> progress.reason().stream()).findFirst().orElse("");
    }

    @Test
    void connectionsThatAreCutAtAnyByteCostThePartitionAndNothingElse() {
        SandboxShare share = share(IdScheme.SAME);
        Map<String, String> settings = ShareRun.settings(share);
        Random random = new Random(CUTS);
        for (int i = 0; i < CUTS; i++) {
            share.cutAfter(random.nextInt(400_000));
            try (TestRun run = run(settings)) {
                run.sync(streams(run, "ledger_entry_lines", "analytical_ledger"));
            }
        }
        try (TestRun run = run(settings)) {
            run.sync(streams(run, "ledger_entry_lines", "analytical_ledger"));
            assertThat(reason(run, "ledger_entry_lines")).isEmpty();
        }
        assertThat(share.cuts()).isPositive();
        assertThat(count("select count(*) from pennylane_sync.share_partition where state <> 'EQUAL'")).isZero();
        assertThat(count("select count(*) from pennylane.ledger_entry_lines")).isEqualTo(truth("ledger_entry_lines"));
        assertThat(count(
                "select count(*) from pennylane_sync.record_version v join pennylane_sync.batch b on b.id = "
                        + "v.replaced_by_batch_id"
                        + " where b.pass = 'history'"))
                .as("rows that were written twice").isZero();
    }

    private long truth(String stream) {
        return sandbox.companies().stream().mapToLong(company -> sandbox.truth().records(company.id(), stream).count())
                .sum();
    }

    @Test
    void idsThatMeanOtherRecordsAreKeptApart() {
        for (IdScheme ids : List.of(IdScheme.FOREIGN, IdScheme.CROSSED)) {
            try (Warehouse fresh = TestWarehouse.ready(); SandboxShare share = share(ids);
                    TestRun run = new TestRun(sandbox, fresh, SyncTest.UNLIMITED, ShareRun.settings(share))) {
                run.sync(streams(run, "ledger_entry_lines", "fiscal_years"));
                assertThat(reason(run, "ledger_entry_lines")).isEmpty();
                assertThat(fresh.jdbc().sql("select distinct source from pennylane.ledger_entry_lines")
                        .query(String.class).list())
                        .containsExactly("api");
                assertThat(fresh.jdbc().sql("select count(*) from pennylane.share_general_ledger").query(Long.class)
                        .single())
                        .isEqualTo(truth("ledger_entry_lines"));
                assertThat(new Verification(fresh, new StreamStates(fresh.jdbc()), run.catalog).verify().differences())
                        .isEmpty();
                assertThat(new StatusReport(fresh.jdbc(), new StreamStates(fresh.jdbc()), run.catalog).companies())
                        .flatExtracting(StatusReport.CompanyStatus::streams)
                        .filteredOn(stream -> stream.stream().equals("share_general_ledger"))
                        .allSatisfy(stream -> assertThat(stream.state()).isEqualTo(StreamState.APART))
                        .extracting(StreamStatus::rows)
                        .satisfies(rows -> assertThat(rows.stream().mapToLong(Long::longValue).sum())
                                .isEqualTo(truth("ledger_entry_lines")));
                fresh.jdbc().sql(
                        "update pennylane.share_general_ledger set payload = payload || '{\"debit\": 0.01}' where id ="
                                + " (select min(id) from pennylane.share_general_ledger)")
                        .update();
                assertThat(new Verification(fresh, new StreamStates(fresh.jdbc()), run.catalog).verify().differences())
                        .allSatisfy(difference -> assertThat(difference).contains("share_general_ledger row"))
                        .anySatisfy(difference -> assertThat(difference).contains("does not match its record hash"));
                assertThat(
                        fresh.jdbc().sql("select verdict from pennylane_sync.share_match where stream = 'fiscal_years'")
                                .query(String.class)
                                .single())
                        .isEqualTo("APART");
            }
        }
    }

    @Test
    void lostRightsDeleteNothingAndAreToldLoudly() {
        SandboxShare share = share(IdScheme.SAME);
        long company = sandbox.companies().get(0).id();
        try (TestRun run = run(ShareRun.settings(share))) {
            run.sync(streams(run, "analytical_ledger", "tax_declarations", "ledger_entry_lines"));
            long lines = count("select count(*) from pennylane.analytical_ledger where deleted_at is null");
            assertThat(lines).isPositive();
            share.setVisible(company, false);
        }
        try (TestRun run = run(ShareRun.settings(share))) {
            long lines = count("select count(*) from pennylane.analytical_ledger where deleted_at is null");
            run.syncRequest = new SyncRequest(Optional.of(PassKind.SWEEP), false, NO_SWEEPS, NO_SWEEPS);
            run.sync(streams(run, "analytical_ledger", "tax_declarations"));
            assertThat(reason(run, "analytical_ledger")).contains("SHARE_COMPANY_LOST");
            assertThat(count("select count(*) from pennylane.analytical_ledger where deleted_at is null"))
                    .isEqualTo(lines);
            assertThat(count("select count(*) from pennylane_sync.share_company where lost_at is not null"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aColumnThatGoesStopsItsTableAndOneThatComesIsReported() {
        SandboxShare share = share(IdScheme.SAME);
        share.change("pennylane.suppliers", new ColumnChange.Removed("vat_number"));
        share.change("pennylane.tax_declarations", new ColumnChange.Retyped("payment_amount", "varchar"));
        try (TestRun run = run(ShareRun.settings(share))) {
            run.sync(streams(run, "suppliers", "tax_declarations", "fiscal_years"));
            assertThat(reason(run, "suppliers")).contains("SHARE_COLUMN_MISSING")
                    .contains("pennylane.suppliers.vat_number");
            assertThat(reason(run, "tax_declarations")).contains("SHARE_COLUMN_RETYPED");
            assertThat(reason(run, "fiscal_years")).isEmpty();
            assertThat(count("select count(*) from pennylane.suppliers")).isZero();
        }
    }

    @Test
    void aFlipInTheWarehouseOrInTheShareIsFoundAndMendedByReadingOneMonth() {
        SandboxShare share = share(IdScheme.SAME);
        try (TestRun run = run(ShareRun.settings(share))) {
            List<StreamDefinition> ledger = streams(run, "ledger_entry_lines");
            ShareRun.readLedgerAlone(sandbox, warehouse, () -> run.sync(ledger));
            Share reader = run.settings.share().map(Share::of).orElseThrow();
            ShareAudit audit = Tables.of(warehouse.jdbc()).audit(reader, run.runtime::repair);
            List<Long> companies = sandbox.companies().stream().map(company -> company.id()).toList();
            assertThat(audit.run(companies, ledger, false)).extracting(AuditResult::outcome)
                    .containsExactly(AuditOutcome.EQUAL);

            warehouse.jdbc()
                    .sql("update pennylane.ledger_entry_lines set debit = debit + 1 where id = (select min(id) from"
                            + " pennylane.ledger_entry_lines)")
                    .update();
            long id =
                    warehouse.jdbc().sql("select max(id) from pennylane.ledger_entry_lines").query(Long.class).single();
            share.setValue("pennylane.general_ledger", companies.get(0), id, "label", "somebody else's words");
            List<AuditResult> found = audit.run(companies, ledger, false);
            assertThat(found).extracting(AuditResult::outcome).containsOnly(AuditOutcome.DIFFERENT);
            assertThat(found.stream().mapToLong(AuditResult::differing).sum()).isEqualTo(2);

            long before = count(
                    "select coalesce(sum(record_count), 0) from pennylane_sync.batch "
                            + "where stream = 'ledger_entry_lines'");
            assertThat(audit.run(companies, ledger, true)).extracting(AuditResult::outcome)
                    .containsOnly(AuditOutcome.REPAIRED);
            long read = count("select sum(record_count) from pennylane_sync.batch where stream = 'ledger_entry_lines'")
                    - before;
            assertThat(read).isEqualTo(found.stream().mapToLong(AuditResult::sourceRows).sum());
            assertThat(audit.run(companies, ledger, false)).extracting(AuditResult::outcome)
                    .containsExactly(AuditOutcome.EQUAL);
        }
    }

    @Test
    void aTableThatCannotBeComparedFailsAloneAndAllOthersAreCompared() {
        SandboxShare share = share(IdScheme.SAME);
        List<Long> company = List.of(sandbox.companies().get(0).id());
        try (TestRun run = run(ShareRun.settings(share))) {
            List<StreamDefinition> own =
                    streams(run, "tax_declarations", "trial_balance", "analytical_ledger", "vat_declarations");
            run.sync(own);
            share.setDenied("pennylane.tax_declarations", true);
            share.change("pennylane.trial_balance", new ColumnChange.Removed("debits"));
            warehouse.jdbc().sql("alter table pennylane.vat_declarations rename to away").update();
            Share reader = run.settings.share().map(Share::of).orElseThrow();
            ShareAudit audit = Tables.of(warehouse.jdbc()).audit(reader, run.runtime::repair);
            for (boolean repair : List.of(false, true)) {
                List<AuditResult> results = audit.run(company, own, repair);
                assertThat(results).extracting(AuditResult::stream, AuditResult::outcome).containsExactly(
                        tuple("tax_declarations", AuditOutcome.FAILED), tuple("trial_balance", AuditOutcome.FAILED),
                        tuple("analytical_ledger", AuditOutcome.EQUAL),
                        tuple("vat_declarations", AuditOutcome.FAILED));
                assertThat(results.get(0).note()).startsWith("SHARE_TABLE_MISSING");
                assertThat(results.get(1).note()).startsWith("SHARE_COLUMN_MISSING");
                assertThat(results.get(3).note()).startsWith("WAREHOUSE_REFUSED");
                assertThat(AuditResult.anyAmiss(results)).isTrue();
            }
            assertThat(count("select count(*) from pennylane_sync.audit where outcome = 'FAILED'")).isEqualTo(6);
        }
    }

    @Test
    void amazonsDriverReadsTheSame() {
        SandboxShare share = share(IdScheme.SAME);
        try (TestRun run = run(ShareRun.settings(share, share.redshiftUrl()))) {
            run.sync(streams(run, "ledger_entry_lines", "analytical_ledger", "vat_declarations", "trial_balance"));
            assertThat(
                    reason(run, "ledger_entry_lines") + reason(run, "analytical_ledger") + reason(run, "trial_balance"))
                    .isEmpty();
            assertThat(count("select count(*) from pennylane.ledger_entry_lines"))
                    .isEqualTo(truth("ledger_entry_lines"));
            assertThat(count("select count(*) from pennylane_sync.share_partition where state <> 'EQUAL'")).isZero();
        }
    }
}
