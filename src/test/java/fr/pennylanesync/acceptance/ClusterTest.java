package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.acceptance.ProcessInstallation.EndedProcess;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes on one warehouse, one of them killed every few seconds and started again: whose requests the sandbox saw,
 * and when, proves that no two ever read one company, and that no company's limit was ever exceeded.
 *
 * <p>Longer: {@code mvn test -Dtest=ClusterTest -Dcluster.kills=20}.
 */
@Tag("minutes")
class ClusterTest {

    private static final int KILLS = Integer.getInteger("cluster.kills", 2);
    private static final int COMPANIES = 4;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(6);
    /** The rest that a new owner gives a budget; at the end of it the request of the one before has long arrived. */
    private static final RateLimit LIMIT = new RateLimit(25, Duration.ofSeconds(2), true);
    private static final Random RANDOM = new Random(20_261_122);
    private static final List<StreamDefinition> STREAMS = StreamCatalog.load(Path.of("routes"), Map.of()).all().stream()
            .filter(stream -> stream.enabled() && !stream.isShareOnly()).toList();

    @TempDir
    Path home;

    @Test
    void nodesThatAreKilledShareTheCompaniesAndNeverReadOneTogether() throws Exception {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(COMPANIES).withRecords(150).withRateLimit(LIMIT)
                        .withLatency(Duration.ofMillis(20));
        List<Process> nodes = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.start(options)) {
            Settings.Database database = TestWarehouse.readyDatabase();
            ProcessInstallation installation = installation(sandbox, database);
            try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
                for (int node = 0; node < 3; node++) {
                    nodes.add(installation.start("run"));
                }
                await().atMost(Duration.ofMinutes(3)).until(() -> sandbox.requests().total() > 50);
                for (int kill = 0; kill < KILLS; kill++) {
                    awaitMoment(BETWEEN_KILLS);
                    replaceOne(nodes, installation, warehouse);
                    sandbox.companies().forEach(company -> sandbox.mutate(company.id(), RANDOM, 3));
                }
                awaitTruth(sandbox, warehouse);
                nodes.forEach(Process::destroy);
                for (Process node : nodes) {
                    node.waitFor();
                }
                report(sandbox.requests().all());
                assertThat(overlaps(sandbox.requests().all())).as("requests of one process between those of another")
                        .isEmpty();
                assertThat(sandbox.requests().all()).noneMatch(request -> request.status() == 429);
                EndedProcess verified = installation.run("verify");
                assertThat(verified.exitCode()).as(verified.all()).isZero();
            }
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
    }

    private ProcessInstallation installation(Sandbox sandbox, Settings.Database database) {
        return ProcessInstallation.of(home, sandbox).into(database).with("quartz.cluster", "true")
                .with("quartz.check-in-interval", "1s")
                .with("pennylane.rate.requests", Integer.toString(LIMIT.requests()))
                .with("pennylane.rate.window", LIMIT.window().toMillis() + "ms").with("sync.interval", "10s")
                .with("sync.sweep-interval-without-changelog", "1m").with("console.port", "0")
                .with("sync.parallel-companies", "2");
    }

    /** Kills a node that reads something right now, where there is one. */
    private static void replaceOne(List<Process> nodes, ProcessInstallation installation, Warehouse warehouse)
            throws IOException, InterruptedException {
        List<String> busy = warehouse.jdbc()
                .sql("select node from pennylane_sync.company_lease where company_id > 0 and released_at is null")
                .query(String.class).list();
        Process victim = nodes.stream()
                .filter(node -> busy.stream().anyMatch(name -> name.contains("-" + node.pid() + "-"))).findFirst()
                .orElse(nodes.get(RANDOM.nextInt(nodes.size())));
        victim.destroyForcibly().waitFor();
        nodes.remove(victim);
        nodes.add(installation.start("run"));
    }

    private static void awaitMoment(Duration moment) {
        Instant until = Instant.now().plus(moment);
        await().atMost(moment.plusSeconds(5)).until(() -> Instant.now().isAfter(until));
    }

    private static void awaitTruth(Sandbox sandbox, Warehouse warehouse) {
        await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(WarehouseTruth.differences(sandbox, warehouse, STREAMS)).isEmpty());
    }

    /** Where a process comes back to a company that another read in between without a pause of the limit's window. */
    private static List<String> overlaps(List<LoggedRequest> log) {
        Map<Long, LoggedRequest> last = new HashMap<>();
        Set<Long> asked = new HashSet<>();
        List<String> overlaps = new ArrayList<>();
        for (LoggedRequest request : log) {
            if (request.tokenCompanyId().isEmpty()) {
                continue;
            }
            LoggedRequest before = last.put(request.tokenCompanyId().getAsLong(), request);
            // The first asks whose a new token is; any node may do so, and only one does.
            if (before != null && asked.add(request.tokenCompanyId().getAsLong())) {
                continue;
            }
            if (before != null && !before.agent().equals(request.agent())
                    && Duration.between(before.at(), request.at()).compareTo(LIMIT.window()) < 0) {
                overlaps.add(before + " then " + request);
            }
        }
        return overlaps;
    }

    private static void report(List<LoggedRequest> log) {
        long processes = log.stream().map(LoggedRequest::agent).distinct().count();
        Map<Long, String> last = new HashMap<>();
        long handovers = log.stream().filter(request -> request.tokenCompanyId().isPresent()).filter(request -> {
            String before = last.put(request.tokenCompanyId().getAsLong(), request.agent());
            return before != null && !before.equals(request.agent());
        }).count();
        System.out.printf(
                "cluster: %d kills, %d processes, %,d requests of %d companies, %d handovers, %d answers 429%n", KILLS,
                processes,
                log.size(), COMPANIES, handovers, log.stream().filter(request -> request.status() == 429).count());
    }
}
