package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.acceptance.ProcessInstallation.EndedProcess;
import fr.pennylanesync.runtime.WarehouseTruth;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments of changes passes and sweeps, while the books change in another process: once they
 * rest, one more sync makes the warehouse equal to the truth, deletions included.
 */
@Tag("minutes")
class ChangesCrashTest {

    private static final int KILLS = Integer.getInteger("crash.kills", 4);
    private static final long SEED = Long.getLong("crash.seed", 20_261_122L);
    private static final double LAST_KILL = 0.95;
    private static final Duration LATEST_EVENT = Duration.ofMillis(300);
    private static final List<StreamDefinition> STREAMS = StreamCatalog.load(Path.of("routes"), Map.of()).all().stream()
            .filter(StreamDefinition::enabled).toList();

    @TempDir
    Path home;

    /** What a kill left behind. */
    private record Remains(long openSweeps, long due) {}

    @Test
    void killsOfChangesAndSweepsLoseNothingAndKeepNothingThatIsGone() throws Exception {
        Random random = new Random(SEED);
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRecords(60).withRateLimit(RateLimit.OFF)
                .withLatency(Duration.ofMillis(30)).withExclusiveStart(random.nextBoolean()).withRepeatedEvents(0.1)
                .withLateEvents(0.1, LATEST_EVENT);
        Settings.Database database = TestWarehouse.readyDatabase();
        try (Sandbox sandbox = Sandbox.start(options);
                Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            ProcessInstallation installation = ProcessInstallation.of(home, sandbox).into(database);
            assertGood(installation.run("sync"));
            List<Remains> remains = new ArrayList<>();
            try (Mutations ignored = Mutations.of(sandbox, random.nextLong())) {
                long whole = requestsOfASweepingSync(installation, sandbox, warehouse);
                for (double moment : moments(random)) {
                    timePasses(warehouse, Duration.ofDays(8));
                    runAndKill(installation, sandbox, (long) (moment * whole));
                    remains.add(remains(warehouse));
                }
            }
            System.out.printf("%d kills, %d changes of the books; sweeps under way and records due after each: %s%n",
                    KILLS,
                    sandbox.mutations().size(), remains);
            await().pollDelay(LATEST_EVENT.plusMillis(50)).until(() -> true);
            timePasses(warehouse, Duration.ofHours(7));
            assertGood(installation.run("sync"));
            assertThat(WarehouseTruth.differences(sandbox, warehouse, STREAMS)).isEmpty();
            assertThat(deleted(warehouse)).as("rows that are marked as deleted").isPositive();
            assertThat(remains).as("kills in the middle of changes and of sweeps")
                    .anyMatch(left -> left.openSweeps() > 0)
                    .anyMatch(left -> left.due() > 0);
            assertGood(installation.run("verify"));
        }
    }

    private static void assertGood(EndedProcess ended) {
        assertThat(ended.exitCode()).as(ended.all()).isZero();
    }

    /** Spread over the whole of a sync, in no order. */
    private static List<Double> moments(Random random) {
        List<Double> moments = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            moments.add(LAST_KILL * (kill + random.nextDouble()) / KILLS);
        }
        Collections.shuffle(moments, random);
        return moments;
    }

    private static long requestsOfASweepingSync(ProcessInstallation installation, Sandbox sandbox,
            Warehouse warehouse) {
        timePasses(warehouse, Duration.ofDays(8));
        long before = sandbox.requests().total();
        assertGood(installation.run("sync"));
        return sandbox.requests().total() - before;
    }

    /** Sweeps become due, as they do in that time. */
    private static void timePasses(Warehouse warehouse, Duration time) {
        warehouse.jdbc().sql("update pennylane_sync.stream_state set swept_at = swept_at - make_interval(secs => ?)")
                .param(time.toSeconds()).update();
    }

    private static void runAndKill(ProcessInstallation installation, Sandbox sandbox, long afterRequests)
            throws IOException, InterruptedException {
        long before = sandbox.requests().total();
        Process process = installation.start("sync");
        await().atMost(Duration.ofMinutes(2)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .until(() -> sandbox.requests().total() - before >= afterRequests || !process.isAlive());
        process.destroyForcibly().waitFor();
    }

    private static Remains remains(Warehouse warehouse) {
        return warehouse.jdbc().sql("""
                select (select count(*) from pennylane_sync.checkpoint where pass = 'sweep'
                and position->>'kind' <> 'ended'),
                    (select count(*) from pennylane_sync.due)""")
                .query((row, n) -> new Remains(row.getLong(1), row.getLong(2))).single();
    }

    private static long deleted(Warehouse warehouse) {
        return STREAMS.stream()
                .mapToLong(stream -> warehouse.jdbc().sql("select count(*) from pennylane." + stream.name()
                        + " where deleted_at is not null").query(Long.class).single())
                .sum();
    }

    /** One change of the books every few requests, whatever the machine's speed. */
    private record Mutations(AtomicBoolean done, CompletableFuture<Void> mutating) implements AutoCloseable {

        private static final int REQUESTS_PER_CHANGE = 4;
        private static final long LOOK_AGAIN_NANOS = 500_000;

        static Mutations of(Sandbox sandbox, long seed) {
            AtomicBoolean done = new AtomicBoolean();
            return new Mutations(done, CompletableFuture.runAsync(() -> mutate(sandbox, new Random(seed), done)));
        }

        private static void mutate(Sandbox sandbox, Random random, AtomicBoolean done) {
            long before = sandbox.requests().total();
            while (!done.get()) {
                if (sandbox.requests().total() >= before + REQUESTS_PER_CHANGE) {
                    before = sandbox.requests().total();
                    sandbox.mutate(random, 1);
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }

        @Override
        public void close() {
            done.set(true);
            mutating.join();
        }
    }
}
