package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.plan.SyncRequest;
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
    private static final int RECORDS = 600;
    private static final List<String> STREAMS =
            List.of("categories", "customer_invoices", "supplier_invoices", "transactions");
    /** Streams without a changelog are swept at every sync. */
    private static final SyncRequest SWEEP_WITHOUT_FEED =
            new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ZERO);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, RUNS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsProvenIsTheTruth(long seed) {
        long plain = requests(seed, "none");
        long proven = requests(seed, "filter, unchanged, derived");
        System.out.printf("seed %d: %d requests without proofs, %d with them%n", seed, plain, proven);
        assertThat(proven).isLessThan(plain * 9 / 10);
        if (RUNS > 1) {
            for (String proof : List.of("filter", "unchanged", "derived")) {
                assertThat(requests(seed, proof)).isLessThanOrEqualTo(plain);
            }
        }
    }

    /** A filter that leaves records out each time is found by what is asked for all the same. */
    @Test
    void aFilterThatLiesIsFoundAndWhatItStoodForIsRead() {
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS)
                .withRateLimit(RateLimit.OFF).withFaults(FaultPlan.of(FaultRule.always(FaultKind.BLIND_FILTER)));
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            run.sync(List.of(run.catalog.find("categories").orElseThrow(),
                    run.catalog.find("customer_invoices").orElseThrow(),
                    run.catalog.find("supplier_invoices").orElseThrow()));
            List<StreamDefinition> lists = Stream.of("customer_invoices_categories", "supplier_invoices_categories")
                    .map(name -> run.catalog.find(name).orElseThrow()).toList();
            assertThat(warehouse.jdbc().sql("select stream from pennylane_sync.sub_list_proof where proof = 'filter'"
                    + " and contradicted_at is not null order by 1").query(String.class).list())
                    .containsExactlyElementsOf(lists.stream().map(StreamDefinition::name).toList());
            assertThat(WarehouseTruth.differences(sandbox, warehouse, lists)).isEmpty();
        }
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
