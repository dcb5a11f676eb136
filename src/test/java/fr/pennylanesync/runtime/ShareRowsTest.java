package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.audit.AuditResult;
import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.plan.SyncRequest;
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
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One row's fault is one row's: everything beside it lands and is proven, and it is kept with its reason. */
@Tag("minutes")
class ShareRowsTest {

    private static final Duration NO_SWEEPS = Duration.ofDays(365);
    private static final String LEDGER = "pennylane.general_ledger";
    private static final String LINES = "ledger_entry_lines";
    private static final String ANALYTICAL = "pennylane.analytical_ledger";
    private static final String DECLARATIONS = "pennylane.tax_declarations";

    private Sandbox sandbox;
    private SandboxShare share;
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oddRowsAreKeptAsideAndEverythingElseIsLandedAndProven(boolean amazonsDriver) {
        share = share(IdScheme.SAME);
        List<Long> ids = ids(LEDGER);
        set(LEDGER, ids.get(0), "date", "20224-03-01");
        set(LEDGER, ids.get(1), "date", "infinity");
        set(LEDGER, ids.get(2), "date", "0044-03-15 BC");
        set(LEDGER, ids.get(3), "date", "-infinity");
        set(LEDGER, ids.get(4), "debit", "NaN");
        set(LEDGER, ids.get(5), "document_updated_at", "infinity");
        set(LEDGER, ids.get(6), "document_updated_at", "0044-03-15 12:00:00 BC");
        set(LEDGER, ids.get(7), "id", null);
        set(LEDGER, ids.get(9), "id", Long.toString(ids.get(8)));
        try (TestRun run = run(amazonsDriver)) {
            readTheShareAlone(run);
            assertThat(landed(LINES)).isEqualTo(ids.size() - 3);
            assertThat(warehouse.jdbc().sql("""
                    select date::text from pennylane.ledger_entry_lines where id = any(?) order by id""")
                    .param(ids.subList(0, 4).toArray(Long[]::new)).query(String.class).list())
                    .containsExactly("20224-03-01", "infinity", "0044-03-15 BC", "-infinity");
            assertThat(setAside()).containsExactly(
                    "COLUMN " + ids.get(4) + " VALUE_DOES_NOT_FIT",
                    "RECORD " + ids.get(8) + " SHARE_ROWS_WITH_ONE_ID",
                    "RECORD " + ids.get(8) + " SHARE_ROWS_WITH_ONE_ID", "RECORD 0 SHARE_ROW_WITHOUT_ID");
            assertThat(count("select count(*) from pennylane_sync.quarantine where kind = 'RECORD'"
                    + " and (raw::jsonb ->> 'company_id')::bigint = company_id")).isEqualTo(3);
            assertThat(count("select count(*) from pennylane.ledger_entry_lines where payload ->> 'debit' = 'NaN'"
                    + " and debit is null")).isEqualTo(1);
            assertThat(differences(run)).isEmpty();
            assertThat(audit(run, LINES)).as("counts differ").extracting(AuditResult::outcome)
                    .contains(AuditOutcome.DIFFERENT).doesNotContain(AuditOutcome.EQUAL);

            sync(run, Optional.of(PassKind.SWEEP), LINES);
            assertRead(run, LINES);
            assertThat(landed(LINES)).as("the API has them all").isEqualTo(truth(LINES));
            assertThat(setAside()).as("what has an id landed after all")
                    .allMatch("RECORD 0 SHARE_ROW_WITHOUT_ID"::equals);
        }
    }

    /** The second of them lies in another partition, and is read in another snapshot. */
    @Test
    void rowsWithOneIdInTwoPartitionsAreBothSetAside() {
        share = share(IdScheme.SAME);
        List<Long> ids = ids(LEDGER);
        set(LEDGER, ids.get(3), "date", null);
        set(LEDGER, ids.get(3), "id", Long.toString(ids.get(4)));
        try (TestRun run = run(false)) {
            readTheShareAlone(run);
            assertThat(landed(LINES)).isEqualTo(ids.size() - 2);
            assertThat(setAside()).containsExactly("RECORD " + ids.get(4) + " SHARE_ROWS_WITH_ONE_ID",
                    "RECORD " + ids.get(4) + " SHARE_ROWS_WITH_ONE_ID");
            assertThat(differences(run)).isEmpty();
            assertThat(audit(run, LINES).stream().mapToLong(AuditResult::missing).sum()).isPositive();
        }
    }

    @Test
    void whatIsMendedInTheShareIsLandedByTheNextSweepAndLeavesTheQuarantine() {
        share = share(IdScheme.SAME);
        List<Long> ids = ids(DECLARATIONS);
        set(DECLARATIONS, ids.get(0), "id", null);
        set(DECLARATIONS, ids.get(1), "payment_amount", "NaN");
        try (TestRun run = run(false)) {
            sync(run, Optional.empty(), "tax_declarations");
            assertRead(run, "tax_declarations");
            assertThat(landed("tax_declarations")).isEqualTo(ids.size() - 1);
            assertThat(setAside()).hasSize(2);
            sync(run, Optional.of(PassKind.SWEEP), "tax_declarations");
            assertRead(run, "tax_declarations");
            assertThat(setAside()).as("still as it was").hasSize(2);

            share.execute("update store.tax_declarations set id = " + ids.get(0) + " where id is null");
            set(DECLARATIONS, ids.get(1), "payment_amount", "12.50");
            sync(run, Optional.of(PassKind.SWEEP), "tax_declarations");
            assertThat(landed("tax_declarations")).isEqualTo(ids.size());
            assertThat(setAside()).isEmpty();
            assertThat(audit(run, "tax_declarations")).extracting(AuditResult::outcome)
                    .containsExactly(AuditOutcome.EQUAL);
        }
    }

    /** The database refuses by a constraint, a trigger or an index that somebody added, or by a limit of its own. */
    @Test
    void rowsThatTheDatabaseRefusesAreSetAsideAndCountedAndTheOthersAreProven() {
        share = share(IdScheme.SAME);
        List<Long> ids = ids(DECLARATIONS);
        try (TestRun run = run(false)) {
            refuse("id <> " + ids.get(0) + " and id <> " + ids.get(3));
            sync(run, Optional.empty(), "tax_declarations");
            assertRead(run, "tax_declarations");
            assertThat(landed("tax_declarations")).isEqualTo(ids.size() - 2);
            assertThat(setAside()).containsExactlyInAnyOrder("RECORD " + ids.get(0) + " SQLSTATE 23514",
                    "RECORD " + ids.get(3) + " SQLSTATE 23514");
            assertThat(count("select count(*) from pennylane_sync.quarantine where kind = 'RECORD'"
                    + " and (raw::jsonb ->> 'id')::bigint = record_id")).isEqualTo(2);
            assertThat(differences(run)).isEmpty();
            assertThat(audit(run, "tax_declarations")).extracting(AuditResult::outcome)
                    .doesNotContain(AuditOutcome.EQUAL);

            sync(run, Optional.of(PassKind.SWEEP), "tax_declarations");
            assertThat(setAside()).as("still as it was").hasSize(2);
            takeAll();
            sync(run, Optional.of(PassKind.SWEEP), "tax_declarations");
            assertRead(run, "tax_declarations");
            assertThat(landed("tax_declarations")).isEqualTo(ids.size());
            assertThat(setAside()).isEmpty();
            assertThat(audit(run, "tax_declarations")).extracting(AuditResult::outcome)
                    .containsExactly(AuditOutcome.EQUAL);
        }
    }

    @Test
    void aChangeThatTheDatabaseRefusesLeavesTheRowAsItWas() {
        share = share(IdScheme.SAME);
        List<Long> ids = ids(DECLARATIONS);
        try (TestRun run = run(false)) {
            sync(run, Optional.empty(), "tax_declarations");
            refuse("payment_amount is distinct from 666");
            set(DECLARATIONS, ids.get(1), "payment_amount", "666");
            set(DECLARATIONS, ids.get(2), "payment_amount", "667");
            sync(run, Optional.of(PassKind.SWEEP), "tax_declarations");
            assertRead(run, "tax_declarations");
            assertThat(landed("tax_declarations")).isEqualTo(ids.size());
            assertThat(count("select count(*) from pennylane.tax_declarations where payment_amount = 667")).isOne();
            assertThat(setAside()).containsExactly("RECORD " + ids.get(1) + " SQLSTATE 23514");
            assertThat(differences(run)).isEmpty();
        }
    }

    @Test
    void rowsWithoutIdsThatTheDatabaseRefusesAreSetAsideToo() {
        share = share(IdScheme.SAME);
        try (TestRun run = run(false)) {
            warehouse.jdbc().sql("create unique index one_of_each on pennylane.analytical_ledger (company_id,"
                    + " tag_label) where tag_label is not null").update();
            sync(run, Optional.empty(), "analytical_ledger");
            assertRead(run, "analytical_ledger");
            long refused = setAside().size();
            assertThat(refused).isPositive();
            assertThat(setAside()).allMatch(row -> row.endsWith("SQLSTATE 23505"));
            warehouse.jdbc().sql("drop index pennylane.one_of_each").update();
            long landed = landed("analytical_ledger");
            sync(run, Optional.of(PassKind.SWEEP), "analytical_ledger");
            assertRead(run, "analytical_ledger");
            assertThat(landed("analytical_ledger")).isEqualTo(landed + refused);
            assertThat(setAside()).isEmpty();
        }
    }

    private void refuse(String unless) {
        warehouse.jdbc().sql("alter table pennylane.tax_declarations add constraint refused check (" + unless + ")")
                .update();
    }

    private void takeAll() {
        warehouse.jdbc().sql("alter table pennylane.tax_declarations drop constraint refused").update();
    }

    /** A row that is set aside is there: nothing goes because of it. */
    @Test
    void rowsThatGetOneIdLaterAreNotDeleted() {
        share = share(IdScheme.SAME);
        try (TestRun run = run(false)) {
            sync(run, Optional.empty(), "tax_declarations");
            List<Long> ids = ids(DECLARATIONS);
            set(DECLARATIONS, ids.get(1), "id", Long.toString(ids.get(0)));
            sync(run, Optional.of(PassKind.SWEEP), "tax_declarations");
            assertThat(count("select count(*) from pennylane.tax_declarations where deleted_at is null and id = "
                    + ids.get(0))).isEqualTo(1);
            assertThat(setAside()).hasSize(2);
            assertThat(audit(run, "tax_declarations")).extracting(AuditResult::outcome)
                    .doesNotContain(AuditOutcome.EQUAL);
        }
    }

    @Test
    void aTableOfWhichNoRowHasAnIdIsItselfAtFault() {
        share = share(IdScheme.SAME);
        share.execute("insert into store.tax_declarations (company_id, row_key) select " + company
                + ", -n from generate_series(1, 1001) n");
        try (TestRun run = run(false)) {
            sync(run, Optional.empty(), "tax_declarations");
            assertThat(run.progress.all()).singleElement().satisfies(stream -> {
                assertThat(stream.outcome()).isEqualTo(Progress.StreamOutcome.FAILED);
                assertThat(stream.reason().orElseThrow()).contains("SHARE_ROW_WITHOUT_KEY");
            });
            assertThat(setAside()).isEmpty();
        }
    }

    @Test
    void aTableThatIsKeptApartHoldsNothingUpAndEndsWell() {
        share = share(IdScheme.FOREIGN);
        share.setDenied(DECLARATIONS, true);
        try (TestRun run = run(false)) {
            sync(run, Optional.empty(), LINES);
            assertThat(run.progress.all()).extracting(Progress.StreamSync::stream)
                    .contains(LINES, "share_general_ledger");
            assertThat(run.progress.all()).extracting(Progress.StreamSync::outcome)
                    .containsOnly(Progress.StreamOutcome.COMPLETE);
        }
    }

    @Test
    void aFaultOfATableThatIsKeptApartIsItsOwnAndItIsTriedAgain() {
        share = share(IdScheme.FOREIGN);
        share.execute("insert into store.general_ledger (company_id, row_key) select " + company
                + ", -n from generate_series(1, 1001) n");
        try (TestRun run = run(false)) {
            sync(run, Optional.empty(), LINES);
            assertThat(landed(LINES)).isEqualTo(truth(LINES));
            assertThat(outcomes(run)).containsEntry(LINES, Progress.StreamOutcome.COMPLETE)
                    .containsEntry("share_general_ledger", Progress.StreamOutcome.FAILED);
            assertThat(state(LINES)).isEqualTo("LIVE");
            share.execute("delete from store.general_ledger where row_key < 0");
            sync(run, Optional.empty(), LINES);
            assertThat(outcomes(run)).containsEntry(LINES, Progress.StreamOutcome.COMPLETE)
                    .containsEntry("share_general_ledger", Progress.StreamOutcome.COMPLETE);
            assertThat(state("share_general_ledger")).isEqualTo("APART");
            assertThat(landed("share_general_ledger")).isEqualTo(truth(LINES));
        }
    }

    @Test
    void oddDatesAreComparedLikeOthers() {
        share = share(IdScheme.SAME);
        List<Long> ids = ids(DECLARATIONS);
        set(DECLARATIONS, ids.get(0), "declaration_period_end_at", "20224-03-01");
        set(DECLARATIONS, ids.get(1), "declaration_period_end_at", "infinity");
        set(DECLARATIONS, ids.get(2), "declaration_period_end_at", "0044-03-15 BC");
        set(DECLARATIONS, ids.get(3), "updated_at", "-infinity");
        set(DECLARATIONS, ids.get(4), "updated_at", "0044-03-15 12:00:00.5 BC");
        try (TestRun run = run(false)) {
            sync(run, Optional.empty(), "tax_declarations");
            assertThat(landed("tax_declarations")).isEqualTo(ids.size());
            assertThat(audit(run, "tax_declarations")).singleElement()
                    .satisfies(result -> assertThat(result.outcome()).isEqualTo(AuditOutcome.EQUAL))
                    .satisfies(result -> assertThat(result.note()).contains("compared declaration_type"));
            set(DECLARATIONS, ids.get(2), "declaration_period_end_at", "0044-03-15");
            assertThat(audit(run, "tax_declarations")).extracting(AuditResult::outcome)
                    .containsOnly(AuditOutcome.STALE);
        }
    }

    /** Amazon's driver gives both kinds of instants one type; the server's name for it tells them apart. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void instantsWithAZoneAreTakenAtUtcWhereverThisRuns(boolean amazonsDriver) {
        share = share(IdScheme.SAME);
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Paris"));
        try (TestRun run = run(amazonsDriver)) {
            sync(run, Optional.empty(), "tax_declarations");
            List<String> meant = updates();
            share.change(DECLARATIONS, new ColumnChange.Retyped("updated_at", "timestamp at time zone 'UTC'"));
            assertThat(audit(run, "tax_declarations")).extracting(AuditResult::outcome)
                    .containsExactly(AuditOutcome.EQUAL);
            warehouse.jdbc().sql("update pennylane.tax_declarations set updated_at = now()").update();
            sync(run, Optional.of(PassKind.SWEEP), "tax_declarations");
            assertRead(run, "tax_declarations");
            assertThat(updates()).isEqualTo(meant);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private List<String> updates() {
        return warehouse.jdbc().sql("select id || ' ' || (updated_at at time zone 'UTC') || (payload ->> 'updated_at')"
                + " from pennylane.tax_declarations order by id").query(String.class).list();
    }

    @Test
    void floatsAreComparedAtNineDecimals() {
        share = share(IdScheme.SAME);
        share.execute("update store.tag set tag_weight = 0.331");
        share.change(ANALYTICAL, new ColumnChange.Retyped("tag_weight", "double precision"));
        try (TestRun run = run(false)) {
            sync(run, Optional.empty(), "analytical_ledger");
            assertThat(audit(run, "analytical_ledger")).singleElement()
                    .satisfies(result -> assertThat(result.outcome()).isEqualTo(AuditOutcome.EQUAL))
                    .satisfies(result -> assertThat(result.note()).contains("at nine decimals tag_weight"));
            share.execute("update store.tag set tag_weight = 0.334 where ctid in (select ctid from store.tag limit 5)");
            assertThat(audit(run, "analytical_ledger")).extracting(AuditResult::outcome)
                    .contains(AuditOutcome.STALE);
            sync(run, Optional.of(PassKind.SWEEP), "analytical_ledger");
            assertThat(count("select count(*) from pennylane.analytical_ledger where deleted_at is null"
                    + " and tag_weight = 0.334")).isEqualTo(5);
        }
    }

    /** A rebuild that declares more decimals says nothing new of any row. */
    @Test
    void theDeclaredScaleOfANumberInAKeyIsNoPartOfIt() {
        share = share(IdScheme.SAME);
        try (TestRun run = run(false)) {
            sync(run, Optional.empty(), "analytical_ledger");
            List<Long> ids = liveIds();
            share.change(ANALYTICAL, new ColumnChange.Retyped("tag_weight", "numeric(18,8)"));
            warehouse.jdbc().sql("update pennylane.analytical_ledger set label = 'read all months again'").update();
            sync(run, Optional.of(PassKind.SWEEP), "analytical_ledger");
            assertRead(run, "analytical_ledger");
            assertThat(liveIds()).isEqualTo(ids);
            assertThat(audit(run, "analytical_ledger")).extracting(AuditResult::outcome)
                    .containsExactly(AuditOutcome.EQUAL);
        }
    }

    /** Rows landed by an earlier version are replaced, not doubled, and no guard takes that for a loss. */
    @Test
    void idsOfTheOldSpellingAreRecognisedOnce() {
        share = share(IdScheme.SAME);
        try (TestRun run = run(false)) {
            sync(run, Optional.empty(), "analytical_ledger");
            List<Long> ids = liveIds();
            int old = warehouse.jdbc().sql("""
                    update pennylane.analytical_ledger set label = 'read all months again',
                        id = ('x' || substr(md5(concat_ws(E'\\x1f', ledger_entry_line_id, tag_group, tag_label,
                            coalesce(analytical_code, E'\\x1e'), cast(tag_weight as numeric(10,4))) || '#1'), 1, 16)
                            )::bit(64)::bigint & 9223372036854775807
                    where tag_weight is not null""").update();
            assertThat(old).as("more than a guard lets go").isGreaterThan(20);
            assertThat(liveIds()).isNotEqualTo(ids);
            sync(run, Optional.of(PassKind.SWEEP), "analytical_ledger");
            assertRead(run, "analytical_ledger");
            assertThat(liveIds()).isEqualTo(ids);
            assertThat(setAside()).isEmpty();
            assertThat(audit(run, "analytical_ledger")).extracting(AuditResult::outcome)
                    .containsExactly(AuditOutcome.EQUAL);
        }
    }

    /** Keys are told apart within a partition: where two partitions share one, the table is not as the share counts. */
    @Test
    void whatIsNotAsManyAsTheShareCountsIsTold() {
        share = share(IdScheme.SAME);
        share.execute("insert into store.general_ledger (company_id, id, row_key, debit, credit) select company_id, id,"
                + " -1, 0, 0 from store.general_ledger g where not exists (select 1 from store.tag t"
                + " where t.row_key = g.row_key) limit 1");
        try (TestRun run = run(false)) {
            sync(run, Optional.empty(), "analytical_ledger");
            assertThat(setAside()).containsExactly("BATCH 0 SHARE_COUNT_DIFFERS");
            assertThat(audit(run, "analytical_ledger")).extracting(AuditResult::outcome)
                    .contains(AuditOutcome.DIFFERENT).doesNotContain(AuditOutcome.EQUAL);
        }
    }

    private List<Long> liveIds() {
        return warehouse.jdbc().sql("select id from pennylane.analytical_ledger where deleted_at is null order by id")
                .query(Long.class).list();
    }

    private static Map<String, Progress.StreamOutcome> outcomes(TestRun run) {
        return run.progress.all().stream().collect(java.util.stream.Collectors.toMap(Progress.StreamSync::stream,
                Progress.StreamSync::outcome));
    }

    private SandboxShare share(IdScheme ids) {
        return sandbox.openShare(ShareHome.options().withIds(ids));
    }

    private TestRun run(boolean amazonsDriver) {
        return new TestRun(sandbox, warehouse, SyncTest.UNLIMITED,
                ShareRun.settings(share, amazonsDriver ? share.redshiftUrl() : share.jdbcUrl()));
    }

    private static void sync(TestRun run, Optional<PassKind> pass, String stream) {
        run.syncRequest = new SyncRequest(pass, false, NO_SWEEPS, NO_SWEEPS);
        run.sync(streams(run, stream));
    }

    private static List<StreamDefinition> streams(TestRun run, String stream) {
        return List.of(run.catalog.find(stream).orElseThrow());
    }

    private List<AuditResult> audit(TestRun run, String stream) {
        Share reader = run.settings.share().map(Share::of).orElseThrow();
        return Tables.of(warehouse.jdbc()).audit(reader, run.runtime::repair).run(List.of(company),
                streams(run, stream), false);
    }

    private List<String> differences(TestRun run) {
        return new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog).verify().differences()
                .stream().map(Object::toString).toList();
    }

    private void readTheShareAlone(TestRun run) {
        ShareRun.readLedgerAlone(sandbox, warehouse, () -> sync(run, Optional.empty(), LINES));
        assertThat(count("select count(*) from pennylane_sync.share_partition where state <> 'EQUAL'")).isZero();
    }

    private void assertRead(TestRun run, String stream) {
        assertThat(run.progress.all()).filteredOn(progress -> progress.stream().equals(stream))
                .allSatisfy(progress -> assertThat(progress.outcome()).as(progress.toString())
                        .isEqualTo(Progress.StreamOutcome.COMPLETE));
        assertThat(count("select count(*) from pennylane_sync.share_partition where state <> 'EQUAL'")).isZero();
    }

    private long landed(String stream) {
        return count("select count(*) from pennylane." + stream + " where deleted_at is null");
    }

    private long truth(String stream) {
        return sandbox.truth().records(company, stream).count();
    }

    private String state(String stream) {
        return warehouse.jdbc().sql("select state from pennylane_sync.stream_state where stream = ?").param(stream)
                .query(String.class).single();
    }

    private List<String> setAside() {
        return warehouse.jdbc().sql("""
                select kind || ' ' || record_id || ' ' || reason from pennylane_sync.quarantine
                where resolved_at is null order by kind, record_id desc""").query(String.class).list();
    }

    private long count(String sql) {
        return warehouse.jdbc().sql(sql).query(Long.class).single();
    }

    private void set(String table, long id, String column, String value) {
        share.setValue(table, company, id, column, value);
    }

    private List<Long> ids(String table) {
        try (Connection connection =
                DriverManager.getConnection(share.jdbcUrl(), share.login().username(), share.login().password());
                ResultSet rows = connection.createStatement()
                        .executeQuery("select id from " + table + " where company_id = " + company + " order by id")) {
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
