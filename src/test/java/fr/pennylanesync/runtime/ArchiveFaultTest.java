package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.archive.FileProgress.StreamFileCounts;
import fr.pennylanesync.archive.s3.EmbeddedS3;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultRule;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that can go wrong with a file costs attempts and no file. Larger with {@code -Darchive.records}, for
 * longer with {@code -Darchive.away} (seconds).
 */
@Tag("minutes")
class ArchiveFaultTest {

    private static final int RECORDS = Integer.getInteger("archive.records", 400);
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("archive.away", 3));
    private static final double RATE = 0.05;
    private static final Duration SLOW = Duration.ofMillis(Integer.getInteger("archive.slow-ms", 400));
    private static final int ROUNDS_MAX = 8;
    private static final List<FaultKind> FAULTS =
            List.of(FaultKind.EXPIRED_FILE_URL, FaultKind.PRIVATE_REDIRECT, FaultKind.FLIPPED_BYTE,
                    FaultKind.ENDLESS_FILE, FaultKind.COMPRESSION_BOMB, FaultKind.TRUNCATED_BODY, FaultKind.HTML_IN_200,
                    FaultKind.DRIP);

    private static final String RETRY_DELAY = "retry.delay-ms";

    @TempDir
    Path directory;

    @Test
    void everyFaultOfFilesAtFivePercentCostsAttemptsAndNoFile() {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS).withRateLimit(RateLimit.OFF);
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready()) {
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, directory)) {
                run.sync(FileTruth.streams(run));
                sandbox.faults().use(
                        FaultPlan.of(FAULTS.stream().map(kind -> FaultRule.withProbability(kind, RATE).onPath("/files/")
                                .lasting(SLOW)).toArray(FaultRule[]::new)));
                long began = System.nanoTime();
                int rounds = archiveWithPatience(run, warehouse);
                FAULTS.forEach(kind -> assertThat(sandbox.faults().count(kind)).as(kind.name()).isPositive());
                FileTruth.assertComplete(sandbox, warehouse, run);
                FileTruth.assertUrlsWereYoungAndBare(sandbox);
                assertThat(run.runtime.archive().progress().all())
                        .allSatisfy(stream -> assertThat(stream.setAside()).isZero());
                tell(sandbox, run, rounds, Duration.ofNanos(System.nanoTime() - began));
            }
            long before = FileTruth.fetched(sandbox).size();
            try (TestRun again = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, directory)) {
                again.sync(FileTruth.streams(again));
                again.archive();
                assertThat(again.runtime.archive().progress().all()).isEmpty();
            }
            assertThat(FileTruth.fetched(sandbox)).as("a second run fetches, and so uploads, nothing")
                    .hasSize((int) before);
        }
    }

    /** A file that failed four times waits for a minute and longer: here time passes by itself. */
    private static int archiveWithPatience(TestRun run, Warehouse warehouse) {
        int rounds = 0;
        do {
            run.archive();
            rounds++;
        } while (warehouse.jdbc().sql("update pennylane_sync.file set next_attempt_at = null where state = 'PENDING'")
                .update() > 0
                && rounds < ROUNDS_MAX);
        return rounds;
    }

    private static void tell(Sandbox sandbox, TestRun run, int rounds, Duration took) {
        List<StreamFileCounts> streams = run.runtime.archive().progress().all();
        List<LoggedRequest> fetched = FileTruth.fetched(sandbox);
        System.out.printf(
                "files: %d archived in %d s, %d failed attempts, %d rounds, %.1f files per request of lists, "
                        + "oldest URL %d ms%n",
                streams.stream().mapToLong(StreamFileCounts::archived).sum(), took.toSeconds(),
                streams.stream().mapToLong(StreamFileCounts::setBacks).sum(), rounds, FileTruth.perRequest(run),
                fetched.stream().mapToLong(request -> request.fileUrlAge().orElseThrow().toMillis()).max()
                        .orElseThrow());
        streams.forEach(stream -> System.out.printf("files: %s %d archived, %d requests%n", stream.stream(),
                stream.archived(), stream.requests()));
    }

    @Test
    void aBucketThatGoesAwayInTheMiddleIsWaitedFor() throws Exception {
        String hurried = System.setProperty(RETRY_DELAY, "500");
        try {
            bucketGoesAway();
        } finally {
            System.setProperty(RETRY_DELAY, hurried);
        }
    }

    /** With the pauses that the routes have by themselves. */
    private void bucketGoesAway() throws Exception {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS).withRateLimit(RateLimit.OFF);
        try (EmbeddedS3 server = EmbeddedS3.start(directory.resolve("server"), 0);
                TcpGate gate = TcpGate.before(server.endpoint().getPort());
                Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, throughGate(server, gate))) {
            run.sync(FileTruth.streams(run));
            Thread archiving = new Thread(run::archive, "archiving");
            archiving.start();
            Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> archived(warehouse) >= 20);
            gate.shut();
            long atShut = archived(warehouse);
            Awaitility.await().pollDelay(AWAY).atMost(AWAY.plusMinutes(1)).until(() -> true);
            assertThat(archived(warehouse)).as("stored before it went away").isBetween(atShut, atShut + 16);
            gate.open();
            archiving.join();
            FileTruth.assertComplete(sandbox, warehouse, run);
            FileTruth.assertUrlsWereYoungAndBare(sandbox);
            System.out.printf("bucket away for %d s: %d archived before, %d after, %d refused connections%n",
                    AWAY.toSeconds(), atShut,
                    archived(warehouse) - atShut, gate.refused());
        }
    }

    private Map<String, String> throughGate(EmbeddedS3 server, TcpGate gate) {
        return Map.of("archive.directory", directory.toString(), "archive.s3.endpoint",
                "http://127.0.0.1:" + gate.port(),
                "archive.s3.bucket", EmbeddedS3.BUCKET, "archive.s3.access-key", server.accessKey(),
                "archive.s3.secret-key", server.secretKey().reveal(), "archive.s3.path-style", "true");
    }

    private static long archived(Warehouse warehouse) {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync.file where state = 'ARCHIVED'")
                .query(Long.class).single();
    }
}
