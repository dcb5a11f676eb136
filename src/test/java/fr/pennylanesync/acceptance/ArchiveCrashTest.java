package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.acceptance.ProcessInstallation.EndedProcess;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.runtime.FileTruth;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments of an archive run, restarted each time: no file is lost, none is left behind, few
 * come twice.
 */
@Tag("minutes")
class ArchiveCrashTest {

    private static final int KILLS = Integer.getInteger("archive.kills", 3);
    private static final long SEED = Long.getLong("archive.seed", 20_261_122L);
    /** Every kill comes before this share of the downloads, so a run is always under way. */
    private static final double LAST_KILL = 0.95;
    /** Files that are on their way at the same time, and their callers' own. */
    private static final int IN_FLIGHT_MAX = 17;
    private static final List<StreamDefinition> STREAMS =
            List.copyOf(StreamCatalog.load(Path.of("routes"), Map.of()).all());

    @TempDir
    Path home;

    @Test
    void anArchiveRunThatIsKilledAgainAndAgainEndsWithEveryFileOnce() throws Exception {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRecords(400).withRateLimit(RateLimit.OFF)
                        .withLatency(Duration.ofMillis(30));
        Settings.Database database = TestWarehouse.readyDatabase();
        try (Sandbox sandbox = Sandbox.start(options);
                Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            ProcessInstallation installation = ProcessInstallation.of(home, sandbox).into(database);
            EndedProcess synced = installation.run("sync", "--no-files");
            assertThat(synced.exitCode()).as(synced.all()).isZero();
            long files = pending(warehouse);
            for (double share : new Random(SEED).doubles(KILLS).sorted().toArray()) {
                runAndKill(installation, sandbox, (long) (share * LAST_KILL * files));
            }
            EndedProcess last = installation.run("sync");
            assertThat(last.exitCode()).as(last.all()).isZero();
            EndedProcess verified = installation.run("verify");
            assertThat(verified.exitCode()).as(verified.all()).isZero();
            try (S3Archive bucket = S3Archive.open(installation.archive(), Clock.systemUTC())) {
                FileTruth.assertComplete(sandbox, warehouse, STREAMS, bucket);
            }
            FileTruth.assertUrlsWereYoungAndBare(sandbox);
            int fetched = FileTruth.fetched(sandbox).size();
            assertThat(fetched).as("downloads").isBetween((int) files, (int) files + KILLS * IN_FLIGHT_MAX);
            System.out.printf("%d kills of an archive run: %d files, %d downloads%n", KILLS, files, fetched);
        }
    }

    private static long pending(Warehouse warehouse) {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync.file where state = 'PENDING'")
                .query(Long.class).single();
    }

    private static void runAndKill(ProcessInstallation installation, Sandbox sandbox, long afterDownloads)
            throws IOException, InterruptedException {
        Process process = installation.start("sync", "--files");
        await().atMost(Duration.ofMinutes(2)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .until(() -> FileTruth.fetched(sandbox).size() >= afterDownloads || !process.isAlive());
        assertThat(process.isAlive()).as("the run is under way").isTrue();
        process.destroyForcibly().waitFor();
    }
}
