package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.acceptance.ProcessInstallation.EndedProcess;
import fr.pennylanesync.acceptance.ReadTwice.ReadPlace;
import fr.pennylanesync.runtime.WarehouseTruth;
import fr.pennylanesync.sandbox.LoggedRequest;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments of a sync, restarted each time: nothing is lost, nothing is doubled, hardly
 * anything is read twice.
 */
class CrashTest {

    private static final int KILLS = Integer.getInteger("crash.kills", 12);
    private static final long SEED = Long.getLong("crash.seed", 20_261_122L);
    /** Every kill comes before this share of the requests that a whole sync needs, so a sync is always under way. */
    private static final double LAST_KILL = 0.95;
    private static final List<StreamDefinition> STREAMS = StreamCatalog.load(Path.of("routes"), Map.of()).all().stream()
            .filter(StreamDefinition::enabled).toList();

    @TempDir
    Path undisturbed;
    @TempDir
    Path killed;

    @Test
    void aSyncThatIsKilledAgainAndAgainEndsEqualToTheTruth() throws Exception {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(2).withRecords(120).withRateLimit(RateLimit.OFF)
                        .withLatency(Duration.ofMillis(40));
        try (Sandbox sandbox = Sandbox.start(options)) {
            long whole = requestsOfAWholeSync(sandbox);
            Settings.Database database = TestWarehouse.readyDatabase();
            ProcessInstallation installation = ProcessInstallation.of(killed, sandbox).into(database);
            try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
                ReadTwice readTwice = new ReadTwice(STREAMS);
                List<String> excess = new ArrayList<>();
                for (long afterRequests : moments(whole)) {
                    Set<ReadPlace> ended = endedLists(warehouse);
                    excess.addAll(readTwice.excess(runAndKill(installation, sandbox, afterRequests), ended));
                }
                Set<ReadPlace> ended = endedLists(warehouse);
                Instant lastStart = Instant.now();
                EndedProcess last = installation.run("sync", "--no-files");
                assertThat(last.exitCode()).as(last.all()).isZero();
                excess.addAll(readTwice.excess(since(sandbox, lastStart), ended));
                assertThat(WarehouseTruth.differences(sandbox, warehouse, STREAMS)).isEmpty();
                assertNothingIsDoubled(warehouse);
                EndedProcess verified = installation.run("verify");
                assertThat(verified.exitCode()).as(verified.all()).isZero();
                assertThat(excess).as("more than one batch of a stream was read twice after a kill").isEmpty();
            }
        }
    }

    private long requestsOfAWholeSync(Sandbox sandbox) {
        EndedProcess ended =
                ProcessInstallation.of(undisturbed, sandbox).into(TestWarehouse.readyDatabase()).run("sync",
                        "--no-files");
        assertThat(ended.exitCode()).as(ended.all()).isZero();
        long requests = sandbox.requests().total();
        sandbox.requests().clear();
        return requests;
    }

    /** Ascending counts of requests: the moments at which to kill. */
    private static List<Long> moments(long wholeSync) {
        return new Random(SEED).doubles(KILLS).sorted().mapToObj(share -> (long) (share * LAST_KILL * wholeSync))
                .toList();
    }

    private static List<LoggedRequest> runAndKill(ProcessInstallation installation, Sandbox sandbox, long afterRequests)
            throws IOException, InterruptedException {
        Instant start = Instant.now();
        Process process = installation.start("sync", "--no-files");
        await().atMost(Duration.ofMinutes(2)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .until(() -> sandbox.requests().total() >= afterRequests || !process.isAlive());
        assertThat(process.isAlive()).as("the sync is under way").isTrue();
        process.destroyForcibly().waitFor();
        return since(sandbox, start);
    }

    private static List<LoggedRequest> since(Sandbox sandbox, Instant start) {
        return sandbox.requests().all().stream().filter(request -> !request.at().isBefore(start)).toList();
    }

    private static Set<ReadPlace> endedLists(Warehouse warehouse) {
        return new HashSet<>(warehouse.jdbc()
                .sql("select company_id, stream from pennylane_sync.checkpoint where pass = 'walk'"
                        + " and position->>'kind' = 'ended'")
                .query((row, n) -> new ReadPlace(row.getLong(1), row.getString(2))).list());
    }

    /** Each row was written once, by one batch, and none has an older version. */
    private static void assertNothingIsDoubled(Warehouse warehouse) {
        assertThat(warehouse.jdbc().sql(
                "select count(*) - count(distinct (company_id, stream, pass, run, batch_key)) "
                        + "from pennylane_sync.batch")
                .query(Long.class).single()).as("ledger keys that occur twice").isZero();
        assertThat(
                warehouse.jdbc().sql("select count(*) from pennylane_sync.record_version").query(Long.class).single())
                .as("replaced versions").isZero();
        for (StreamDefinition stream : STREAMS) {
            assertThat(warehouse.jdbc()
                    .sql("select (select count(*) from pennylane." + stream.name()
                            + ") - (select coalesce(sum(changed_count), 0)"
                            + " from pennylane_sync.batch where stream = ?)")
                    .param(stream.name()).query(Long.class).single())
                    .as("rows of " + stream.name() + " beyond those that batches wrote").isZero();
        }
    }
}
