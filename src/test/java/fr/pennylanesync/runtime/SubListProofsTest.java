package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultRule;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With each proof, and with none, the warehouse is equal to the truth; with proofs it costs fewer requests. A proof is
 * relied on at once here, so that nothing but the proof can be right.
 */
class SubListProofsTest {

    private static final int RUNS = Integer.getInteger("proofs.runs", 1);
    private static final long FIRST_SEED = Long.getLong("proofs.first-seed", 1);
    private static final int RECORDS = 600;
    private static final List<String> STREAMS =
            List.of("categories", "customer_invoices", "supplier_invoices", "transactions");
    /** Streams without a changelog are swept at every sync. */
    private static final SyncRequest SWEEP_WITHOUT_FEED =
            new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ZERO);

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + RUNS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsProvenIsTheTruth(long seed) {
        long plain = requests(seed, "none");
        long proven = requests(seed, "filter, unchanged, derived, include");
        System.out.printf("seed %d: %d requests without proofs, %d with them%n", seed, plain, proven);
        assertThat(proven).isLessThan(plain * 9 / 10);
        if (RUNS > 1) {
            for (String proof : List.of("filter", "unchanged", "derived", "include")) {
                assertThat(requests(seed, proof)).isLessThanOrEqualTo(plain);
            }
        }
    }

    /** What remains to pay moved with the amount: a line came, and nothing was paid. */
    @Test
    void anInvoiceThatGetsALineIsNotAskedForItsPayments() {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS).withRateLimit(RateLimit.OFF);
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            List<StreamDefinition> invoices = List.of(run.catalog.find("customer_invoices").orElseThrow());
            run.sync(invoices);
            assertThat(unchanged(warehouse, "customer_invoices_payments")).isZero();
            Random random = new Random(1);
            for (int i = 0; i < 4; i++) {
                sandbox.mutate(sandbox.companies().get(0).id(), random, "add_customer_invoice_line");
                run.sync(invoices);
            }
            assertThat(unchanged(warehouse, "customer_invoices_payments")).isPositive();
            assertThat(unchanged(warehouse, "customer_invoices_matched_transactions")).isPositive();
        }
    }

    /** A question that only saves requests must not keep the sub-lists from being asked for. */
    @Test
    void aQuestionThatCannotBePutIsNoHindrance() {
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS)
                .withRateLimit(RateLimit.OFF)
                .withFaults(FaultPlan.of(FaultRule.always(FaultKind.NULL_ITEM).onPath("/categories")));
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            List<StreamDefinition> invoices = Stream.of("customer_invoices", "supplier_invoices")
                    .map(name -> run.catalog.find(name).orElseThrow()).toList();
            run.sync(invoices);
            assertThat(WarehouseTruth.differences(sandbox, warehouse,
                    Stream.of("customer_invoices_categories", "supplier_invoices_categories")
                            .map(name -> run.catalog.find(name).orElseThrow()).toList()))
                    .isEmpty();
        }
    }

    /** A sweep looks for what no event tells, also where it made room for changes or was killed in between. */
    @Test
    void whatASweepMadeDueIsAskedForByWhoeverGoesOn() {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS).withRateLimit(RateLimit.OFF);
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, Map.of("sync.proof-trials", "0"))) {
            List<StreamDefinition> lists = STREAMS.stream().map(name -> run.catalog.find(name).orElseThrow()).toList();
            run.sync(lists);
            StreamDefinition matches = run.catalog.find("transactions_matched_invoices").orElseThrow();
            StreamDefinition categories = run.catalog.find("customer_invoices_categories").orElseThrow();
            for (StreamDefinition child : List.of(matches, categories)) {
                new DueList(warehouse.jdbc()).sweepParents(sandbox.companies().get(0).id(), child,
                        run.catalog.find(child.parent().orElseThrow()).orElseThrow());
            }
            sandbox.requests().clear();
            run.sync(lists);
            assertThat(asked(sandbox, "/matched_invoices")).isEqualTo(rows(warehouse, "transactions")).isPositive();
            assertThat(asked(sandbox, "/categories")).isEqualTo(rows(warehouse, "customer_invoices"));
        }
    }

    private static long asked(Sandbox sandbox, String list) {
        return sandbox.requests().all().stream().map(LoggedRequest::path).filter(path -> path.endsWith(list)
                && (list.equals("/matched_invoices") || path.contains("/customer_invoices/"))).distinct().count();
    }

    private static long rows(Warehouse warehouse, String table) {
        return warehouse.jdbc().sql("select count(*) from pennylane." + table).query(Long.class).single();
    }

    /** What was refused on one side of a relation is missing there, and says nothing of the other side. */
    @Test
    void whereTheOtherSideIsNotWholeNothingIsDerived() {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS).withRateLimit(RateLimit.OFF);
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            run.sync(Stream.of("customer_invoices", "supplier_invoices")
                    .map(name -> run.catalog.find(name).orElseThrow()).toList());
            assertThat(warehouse.jdbc().sql("""
                    insert into pennylane_sync.quarantine (company_id, stream, kind, parent_id, record_id, subject,
                        reason)
                    select company_id, 'customer_invoices_matched_transactions', 'RECORD', id, 0, '', 'FORBIDDEN'
                    from pennylane.customer_invoices limit 1""").update()).isEqualTo(1);
            run.sync(List.of(run.catalog.find("transactions").orElseThrow()));
            assertThat(warehouse.jdbc().sql("select count(*) from pennylane.transactions_matched_invoices"
                    + " where source = 'derived'").query(Long.class).single()).isZero();
            assertThat(asked(sandbox, "/matched_invoices")).isEqualTo(rows(warehouse, "transactions")).isPositive();
        }
    }

    /** Counts the sub-lists that were taken for what they were, those that are watched among them. */
    private static long unchanged(Warehouse warehouse, String stream) {
        return warehouse.jdbc().sql("""
                select (select count(*) from pennylane_sync.proven_sub_list where stream = :stream
                    and proof = 'unchanged')
                + coalesce((select agreed from pennylane_sync.sub_list_proof where stream = :stream
                    and proof = 'unchanged'), 0)""").param("stream", stream).query(Long.class).single();
    }

    private static long requests(long seed, String proofs) {
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS).withSeed(seed)
                .withRateLimit(RateLimit.OFF);
        Map<String, String> settings = Map.of("sync.proofs", proofs, "sync.proof-trials", "0",
                "pennylane.rate.requests", "10000");
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, settings)) {
            run.syncRequest = SWEEP_WITHOUT_FEED;
            List<StreamDefinition> lists = STREAMS.stream().map(name -> run.catalog.find(name).orElseThrow()).toList();
            List<StreamDefinition> streams = run.catalog.all().stream().filter(StreamDefinition::enabled)
                    .filter(stream -> STREAMS.contains(stream.parent().orElse(stream.name()))).toList();
            run.sync(lists);
            assertThat(WarehouseTruth.differences(sandbox, warehouse, streams)).as("first sync, " + proofs).isEmpty();
            Random random = new Random(seed);
            for (int i = 0; i < 2; i++) {
                sandbox.mutate(random, 60);
                run.sync(lists);
                assertThat(WarehouseTruth.differences(sandbox, warehouse, streams)).as("changes, " + proofs).isEmpty();
            }
            assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.sub_list_proof"
                    + " where contradicted_at is not null").query(Long.class).single()).isZero();
            return sandbox.requests().total();
        }
    }
}
