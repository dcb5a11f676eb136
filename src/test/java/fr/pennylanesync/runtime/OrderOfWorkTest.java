package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.report.StatusReport;
import fr.pennylanesync.report.StreamStatus;
import fr.pennylanesync.sandbox.FeedHabits;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sub-lists come with the newest documents first, and only from the date on that the configuration says. */
class OrderOfWorkTest {

    private static final Pattern PAYMENTS = Pattern.compile("/customer_invoices/(\\d+)/payments");
    private static final String LIMITED = "streams.customer_invoices_payments.since";
    private static final SandboxOptions OPTIONS =
            SandboxOptions.defaults().withCompanies(1).withRecords(200).withRateLimit(RateLimit.OFF);

    @Test
    void theNewestDocumentsComeFirstAndWhatIsOlderThanItsLimitIsLeftOutUntilTheLimitGoes() {
        try (Sandbox sandbox = Sandbox.start(OPTIONS); Warehouse warehouse = TestWarehouse.ready()) {
            LocalDate since = limit(sandbox);
            limited(sandbox, warehouse, since);
            sandbox.requests().clear();
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
                sync(run);
                assertThat(asked(sandbox, warehouse)).as("what was left out").isNotEmpty()
                        .allMatch(day -> day.isBefore(since));
                assertThat(status(run, warehouse).leftOut()).isZero();
                assertThat(comment(warehouse)).doesNotContain("since");
                assertThat(WarehouseTruth.differences(sandbox, warehouse, streams(run))).isEmpty();
            }
        }
    }

    private static void limited(Sandbox sandbox, Warehouse warehouse, LocalDate since) {
        Map<String, String> settings = Map.of(LIMITED, since.toString(), "sync.proofs", "none");
        try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, settings)) {
            sync(run);
            List<LocalDate> asked = asked(sandbox, warehouse);
            assertThat(asked).isSortedAccordingTo(Comparator.reverseOrder()).isNotEmpty()
                    .noneMatch(day -> day.isBefore(since));
            long older = warehouse.jdbc().sql("select count(*) from pennylane.customer_invoices where date < ?")
                    .param(since).query(Long.class).single();
            StreamStatus status = status(run, warehouse);
            assertThat(status.leftOut()).isEqualTo(older).isPositive();
            assertThat(status.due()).isZero();
            assertThat(status.since()).contains(since);
            assertThat(comment(warehouse)).contains("from " + since + " on");
            sandbox.requests().clear();
            sync(run);
            assertThat(asked(sandbox, warehouse)).as("an idle sync").isEmpty();
        }
    }

    /** What was left out for its date becomes due with its date, though that says nothing of the sub-list. */
    @Test
    void aDocumentWhoseDateMovesIntoTheLimitGetsItsSubLists() {
        FeedHabits quiet = new FeedHabits(true, false, 0, Duration.ofSeconds(30), 0);
        Map<String, String> settings = Map.of(LIMITED, "2002-01-01", "sync.proof-trials", "0");
        try (Sandbox sandbox = Sandbox.start(OPTIONS.withFeeds(quiet)); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, settings)) {
            sync(run);
            warehouse.jdbc().sql("update pennylane.customer_invoices set date = '2001-01-01',"
                    + " payload = jsonb_set(payload, '{date}', '\"2001-01-01\"')").update();
            warehouse.jdbc().sql("delete from pennylane.customer_invoices_payments").update();
            warehouse.jdbc().sql("insert into pennylane_sync.due (company_id, stream, id, batch_id, turn, left_out)"
                    + " select company_id, 'customer_invoices_payments', id, 1, date, true"
                    + " from pennylane.customer_invoices").update();
            Random random = new Random(1);
            for (int i = 0; i < 8; i++) {
                sandbox.mutate(sandbox.companies().get(0).id(), random, "relabel_customer_invoice");
            }
            sandbox.requests().clear();
            sync(run);
            assertThat(asked(sandbox, warehouse)).isNotEmpty();
            assertThat(warehouse.jdbc().sql("""
                    select count(*) from pennylane_sync.due d join pennylane.customer_invoices i on i.id = d.id
                    where d.stream = 'customer_invoices_payments' and i.date > '2002-01-01'""")
                    .query(Long.class).single()).as("still left out").isZero();
        }
    }

    /** The middle of the invoices' days. */
    private static LocalDate limit(Sandbox sandbox) {
        long company = sandbox.companies().get(0).id();
        List<LocalDate> days = sandbox.truth().records(company, "customer_invoices")
                .map(invoice -> invoice.json().path("date").asText())
                .filter(day -> !day.isEmpty() && !day.equals("null"))
                .map(LocalDate::parse).sorted().toList();
        return days.get(days.size() / 2);
    }

    private static void sync(TestRun run) {
        run.sync(List.of(run.catalog.find("customer_invoices").orElseThrow()));
    }

    private static List<StreamDefinition> streams(TestRun run) {
        return Stream.of("customer_invoices", "customer_invoices_payments", "customer_invoices_invoice_lines")
                .map(name -> run.catalog.find(name).orElseThrow()).toList();
    }

    /** The days of the invoices whose payments were asked for, in that order. */
    private static List<LocalDate> asked(Sandbox sandbox, Warehouse warehouse) {
        Map<Long, LocalDate> days = new HashMap<>();
        warehouse.jdbc().sql("select id, date from pennylane.customer_invoices where date is not null").query(row -> {
            days.put(row.getLong(1), row.getObject(2, LocalDate.class));
        });
        return sandbox.requests().all().stream().map(LoggedRequest::path).map(PAYMENTS::matcher).filter(Matcher::find)
                .map(found -> Long.valueOf(found.group(1))).filter(days::containsKey).map(days::get).toList();
    }

    private static StreamStatus status(TestRun run, Warehouse warehouse) {
        return new StatusReport(warehouse.jdbc(), new StreamStates(warehouse.jdbc()), run.catalog).companies().get(0)
                .streams().stream().filter(stream -> stream.stream().equals("customer_invoices_payments")).findFirst()
                .orElseThrow();
    }

    private static String comment(Warehouse warehouse) {
        return warehouse.jdbc()
                .sql("select obj_description('pennylane.customer_invoices_payments'::regclass, 'pg_class')")
                .query(String.class).single();
    }
}
