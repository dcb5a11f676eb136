package fr.pennylanesync.sandbox.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.sandbox.AdjustableClock;
import fr.pennylanesync.sandbox.Caller;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultRule;
import fr.pennylanesync.sandbox.share.ShareReader.RefusedException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each thing that may go wrong with a data sharing can be made to go wrong here. */
@Tag("minutes")
class ShareKnobTest {

    private static final String NO_TABLE = "42P01";
    private static final String NO_SCHEMA = "3F000";
    private static final String NO_COLUMN = "42703";
    private static final String NO_RIGHT = "42501";
    private static final Duration NEVER = Duration.ofDays(3650);

    private static AdjustableClock clock;
    private static Sandbox sandbox;
    private static SandboxShare share;
    private static ShareReader reader;

    @BeforeAll
    static void open() {
        clock = AdjustableClock.stoppedAt(Instant.parse("2026-11-16T08:00:00Z"));
        sandbox = Sandbox.start(SandboxOptions.defaults().withRateLimit(RateLimit.OFF).withClock(clock));
        share = sandbox.openShare(ShareHome.options().withLag(NEVER));
        reader = ShareReader.of(share);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @AfterEach
    void calm() {
        sandbox.faults().clear();
        share.undoChanges();
    }

    @Test
    void aLoginSeesOnlyItsCompanies() {
        List<Long> all = sandbox.companies().stream().map(SandboxCompany::id).toList();
        ShareReader two = reader.as(share.createLogin(all.subList(0, 2)));
        for (CopiedTable table : ShareCatalog.tables()) {
            String company = table.has("company_id") ? "company_id" : table.has("firm_id") ? "id" : null;
            if (company != null) {
                String query = "select distinct " + company + " as id from " + table.qualifiedName();
                assertThat(reader.byId(query).keySet()).as(table.name()).isEqualTo(Set.copyOf(all));
                assertThat(two.byId(query).keySet()).as(table.name()).isEqualTo(Set.copyOf(all.subList(0, 2)));
            }
        }
        assertThat(two.count("accounting.timesheet_entries")).isLessThan(reader.count("accounting.timesheet_entries"));
        assertThat(reader.as(share.createLogin(List.of())).count("pennylane.companies")).isZero();
    }

    @Test
    void aReaderCannotWriteNorLookBehindTheViews() {
        for (String statement : List.of("delete from pennylane.customers", "select * from store.customers",
                "create table public.mine (id int)", "update pennylane.companies set name = ''")) {
            RefusedException refused = catchThrowableOfType(RefusedException.class, () -> reader.rows(statement));
            assertThat(refused.state()).as(statement).isEqualTo(NO_RIGHT);
        }
        ShareReader stranger = reader.as(new ShareLogin(share.login().username(), "wrong"));
        assertThat(catchThrowableOfType(RefusedException.class, () -> stranger.count("pennylane.companies")).state())
                .isEqualTo("28P01");
    }

    @Test
    void aLostRightLooksLikeDeletion() {
        long lost = sandbox.companies().get(0).id();
        share.hide(share.login(), lost);
        assertThat(reader.rows("select 1 from etl.general_ledger where company_id = " + lost)).isEmpty();
        assertThat(reader.rows("select 1 from pennylane.companies where id = " + lost)).isEmpty();
        share.show(share.login(), lost);
        assertThat(reader.rows("select 1 from pennylane.companies where id = " + lost)).hasSize(1);
    }

    @Test
    void aTableMayBeDenied() {
        share.setDenied("etl.suppliers", true);
        assertThat(catchThrowableOfType(RefusedException.class, () -> reader.count("etl.suppliers")).state())
                .isEqualTo(NO_RIGHT);
        assertThat(reader.count("pennylane.suppliers")).isPositive();
        share.setDenied("etl.suppliers", false);
        assertThat(reader.count("etl.suppliers")).isPositive();
    }

    @Test
    void theShareLagsBehindTheApi() {
        long company = sandbox.companies().get(0).id();
        Instant before = share.copiedAt();
        sandbox.mutate(company, new Random(3), "insert_customer").orElseThrow();
        List<JsonNode> served = new Caller(sandbox, 0).walk("/customers");
        String query = "select id from pennylane.customers where company_id = " + company;
        assertThat(reader.rows(query)).hasSize(served.size() - 1);
        clock.advance(NEVER);
        await().atMost(Duration.ofSeconds(20)).until(() -> reader.rows(query).size() == served.size());
        assertThat(share.copiedAt()).isEqualTo(before.plus(NEVER));
        assertThat(reader.value("select max(synchronised_at) from etl.customers"))
                .isEqualTo(java.sql.Timestamp.valueOf(java.time.LocalDateTime.ofInstant(share.copiedAt(),
                        java.time.ZoneOffset.UTC)));
    }

    @Test
    void onlyWhatChangedIsStampedAnew() {
        String stamps = "select id, synchronised_at from etl.customer_invoices";
        Map<Long, Map<String, Object>> before = reader.byId(stamps);
        clock.advance(Duration.ofMinutes(1));
        sandbox.mutate(sandbox.companies().get(0).id(), new Random(5), "relabel_customer_invoice").orElseThrow();
        share.copy();
        Map<Long, Map<String, Object>> after = reader.byId(stamps);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after.keySet().stream().filter(id -> !after.get(id).equals(before.get(id)))).hasSize(1);
    }

    @Test
    void aRebuildTakesEtlAwayPurgesDeletionsAndStampsEverything() {
        removeSomething();
        assertThat(reader.rows("select 1 from etl.general_ledger where deleted_at is not null")).isNotEmpty();
        share.beginRebuild();
        assertThat(catchThrowableOfType(RefusedException.class, () -> reader.count("etl.general_ledger")).state())
                .isIn(NO_TABLE, NO_SCHEMA);
        assertThat(reader.count("pennylane.general_ledger")).isPositive();
        clock.advance(Duration.ofMinutes(1));
        share.copy();
        share.endRebuild();
        assertThat(reader.rows("select 1 from etl.general_ledger where deleted_at is not null")).isEmpty();
        assertThat(reader.rows("select distinct synchronised_at from etl.general_ledger")).hasSize(1);
    }

    @Test
    void aRebuildWaitsForNoReader() throws SQLException {
        try (Connection connection = reader.connect(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(10);
            try (ResultSet open = statement.executeQuery("select * from etl.customers")) {
                assertThat(open.next()).isTrue();
                share.beginRebuild();
                assertThat(open.next()).isTrue();
            }
            SQLException gone = catchThrowableOfType(SQLException.class,
                    () -> statement.executeQuery("select * from etl.customers"));
            assertThat(gone.getSQLState()).isIn(NO_TABLE, NO_SCHEMA);
        } finally {
            share.endRebuild();
        }
    }

    @Test
    void columnsComeGoAndChangeTheirType() {
        String table = "pennylane.general_ledger";
        share.change(table, new ColumnChange.Added("payment_terms"));
        share.change(table, new ColumnChange.Removed("lettering"));
        share.change(table, new ColumnChange.Retyped("debit", "varchar"));
        Map<String, Object> row = reader.rows("select * from " + table + " limit 1").get(0);
        assertThat(row.keySet()).endsWith("payment_terms").doesNotContain("lettering");
        assertThat(row.get("debit")).isInstanceOf(String.class);
        assertThat(catchThrowableOfType(RefusedException.class, () -> reader.rows("select lettering from " + table))
                .state())
                .isEqualTo(NO_COLUMN);
        assertThat(reader.rows("select lettering from etl.general_ledger limit 1")).hasSize(1);
        share.undoChanges();
        assertThat(reader.rows("select lettering, debit from " + table + " limit 1").get(0).get("debit"))
                .isInstanceOf(BigDecimal.class);
    }

    @Test
    void analyticalRowsMayComeTwice() {
        long once = reader.count("pennylane.analytical_ledger");
        share.setDuplicates(true);
        long twice = reader.count("pennylane.analytical_ledger");
        long whole = reader.rows("select distinct * from pennylane.analytical_ledger").size();
        share.setDuplicates(false);
        assertThat(twice).isGreaterThan(once);
        assertThat(whole).isEqualTo(once).isEqualTo(reader.count("pennylane.analytical_ledger"));
    }

    @Test
    void aConnectionIsCutInMidStream() throws SQLException {
        share.cutAfter(80_000);
        assertThat(readUntilCut()).isPositive();
        assertThat(reader.count("pennylane.general_ledger")).isPositive();
        try (Connection connection = reader.connect()) {
            assertThat(share.cut()).isEqualTo(1);
            assertThat(connection.isValid(5)).isFalse();
        }
    }

    @Test
    void aFaultsFileCutsConnections() {
        long before = share.cuts();
        sandbox.faults().use(FaultPlan.of(FaultRule.onRequests(FaultKind.SHARE_CUT, 2L)));
        readUntilCut();
        assertThat(share.cuts()).isEqualTo(before + 1);
        assertThat(sandbox.faults().count(FaultKind.SHARE_CUT)).isEqualTo(1);
    }

    @Test
    void faultsHideCompaniesAndRebuild() {
        try (SandboxShare hasty = ShareHome.open(sandbox)) {
            ShareReader hastyReader = ShareReader.of(hasty);
            long company = sandbox.companies().get(1).id();
            String query = "select 1 from pennylane.companies where id = " + company;
            sandbox.faults().use(FaultPlan.of(FaultRule.always(FaultKind.SHARE_COMPANY_HIDDEN).onCompany(company)));
            await().atMost(Duration.ofSeconds(20)).until(() -> hastyReader.rows(query).isEmpty());
            sandbox.faults().use(FaultPlan.of(FaultRule.always(FaultKind.SHARE_REBUILD).atMost(1)));
            await().atMost(Duration.ofSeconds(20)).until(() -> hastyReader.rows(query).size() == 1);
            await().atMost(Duration.ofSeconds(20)).until(() -> sandbox.faults().count(FaultKind.SHARE_REBUILD) == 1);
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions()
                    .until(() -> hastyReader.count("etl.companies") == 3);
        }
    }

    @Test
    void rebuildsComeByThemselves() {
        try (SandboxShare weekly = sandbox.openShare(ShareHome.options().withRebuildInterval(Duration.ofDays(7)))) {
            ShareReader weeklyReader = ShareReader.of(weekly);
            String stamp = "select max(synchronised_at) from etl.companies";
            Object before = weeklyReader.value(stamp);
            clock.advance(Duration.ofDays(7));
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions()
                    .until(() -> !weeklyReader.value(stamp).equals(before));
        }
    }

    @ParameterizedTest
    @EnumSource(value = IdScheme.class, names = "SAME", mode = EnumSource.Mode.EXCLUDE)
    void idsMayDifferFromTheApis(IdScheme scheme) {
        try (SandboxShare other = sandbox.openShare(ShareHome.options().withLag(NEVER).withIds(scheme))) {
            Map<Long, Map<String, Object>> shared = ShareReader.of(other).byId("select id, debit, credit, date from"
                    + " pennylane.general_ledger where company_id = " + sandbox.companies().get(0).id());
            List<JsonNode> served = new Caller(sandbox, 0).walk("/ledger_entry_lines");
            Set<Long> ids = served.stream().map(json -> json.path("id").asLong()).collect(Collectors.toSet());
            long equal = served.stream().filter(json -> shared.containsKey(json.path("id").asLong())
                    && new BigDecimal(json.path("debit")
                            .asText()).compareTo((BigDecimal) shared.get(json.path("id").asLong()).get("debit")) == 0)
                    .count();
            assertThat(shared).hasSameSizeAs(ids);
            if (scheme == IdScheme.FOREIGN) {
                assertThat(shared.keySet()).doesNotContainAnyElementsOf(ids);
            } else {
                assertThat(shared.keySet()).isEqualTo(ids);
                assertThat(equal).isLessThan(ids.size() / 2);
            }
        }
    }

    @Test
    void aCompanyThatIsAddedAppears() {
        try (SandboxShare growing = ShareHome.open(sandbox)) {
            long added = sandbox.addCompany().id();
            await().atMost(Duration.ofSeconds(20)).until(() -> ShareReader.of(growing)
                    .rows("select 1 from pennylane.companies where id = " + added).size() == 1);
        }
    }

    @Test
    void aValueCanBeTamperedWith() {
        Map<String, Object> row = reader.rows("select company_id, id, debit from pennylane.general_ledger limit 1")
                .get(0);
        String query = "select debit from pennylane.general_ledger where id = " + row.get("id");
        share.setValue("pennylane.general_ledger", (Long) row.get("company_id"), (Long) row.get("id"), "debit",
                "1234567.89");
        assertThat(reader.amount(query)).isEqualByComparingTo("1234567.89");
        share.copy();
        assertThat(reader.amount(query)).isEqualByComparingTo("1234567.89");
        share.setValue("pennylane.general_ledger", (Long) row.get("company_id"), (Long) row.get("id"), "debit",
                row.get("debit").toString());
    }

    private static void removeSomething() {
        clock.advance(Duration.ofMinutes(1));
        sandbox.mutate(sandbox.companies().get(0).id(), new Random(11), "remove_entry").orElseThrow();
        share.copy();
    }

    /** The rows read before the connection was cut. */
    private static long readUntilCut() {
        try (Connection connection = reader.connect(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(50);
            long rows = 0;
            try (ResultSet found = statement.executeQuery("select * from pennylane.general_ledger")) {
                while (found.next()) {
                    rows++;
                }
            } catch (SQLException cut) {
                return rows;
            }
            throw new AssertionError("nothing was cut");
        } catch (SQLException closed) {
            throw new AssertionError(closed);
        }
    }
}
