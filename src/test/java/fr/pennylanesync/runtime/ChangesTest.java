package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The books change while they are read; once they rest, one more sync makes the warehouse equal to the truth, deletions
 * included.
 */
class ChangesTest {

    private static final int RUNS = Integer.getInteger("changes.runs", 6);
    private static final int RECORDS = 40;
    /** Streams without a changelog are swept at every sync. */
    private static final SyncRequest SWEEP_WITHOUT_FEED =
            new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ZERO);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, RUNS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oneMoreSyncMakesTheWarehouseEqualToTheTruth(long seed) {
        Random random = new Random(seed);
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS).withSeed(seed)
                .withRateLimit(RateLimit.OFF)
                .withExclusiveStart(random.nextBoolean()).withRepeatedEvents(0.1)
                .withLateEvents(0.1, Duration.ofMillis(300));
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready()) {
            List<StreamDefinition> streams;
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
                run.syncRequest = SWEEP_WITHOUT_FEED;
                streams = run.catalog.all().stream().filter(StreamDefinition::enabled).toList();
                for (int i = 0; i < 2; i++) {
                    whileMutating(sandbox, new Random(random.nextLong()), run::sync);
                    sandbox.mutate(random, random.nextInt(20));
                }
            }
            awaitLateEvents();
            try (TestRun last = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
                last.syncRequest = SWEEP_WITHOUT_FEED;
                last.sync();
                assertThat(last.progress.all()).extracting(Progress.StreamSync::outcome)
                        .containsOnly(Progress.StreamOutcome.COMPLETE);
            }
            assertThat(WarehouseTruth.differences(sandbox, warehouse, streams)).isEmpty();
        }
    }

    private static void whileMutating(Sandbox sandbox, Random random, Runnable sync) {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> mutating = CompletableFuture.runAsync(() -> {
            long before = sandbox.requests().total();
            while (!done.get()) {
                // One change every few requests, whatever the machine's speed.
                if (sandbox.requests().total() >= before + 3) {
                    before = sandbox.requests().total();
                    sandbox.mutate(random, 1);
                }
                Thread.onSpinWait();
            }
        });
        try {
            sync.run();
        } finally {
            done.set(true);
            mutating.join();
        }
    }

    /** Late events are late by the clock; the longest delay has passed when this returns. */
    private static void awaitLateEvents() {
        long until = System.nanoTime() + Duration.ofMillis(350).toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
