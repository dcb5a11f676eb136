package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.runtime.WarehouseTruth;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The wall clock of a running process leaps by −1 h, by +1 day and back: the next sync of each company comes within two
 * intervals, and no record is passed by.
 */
@Tag("minutes")
class ClockLeapTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration WITHIN = INTERVAL.multipliedBy(2);
    private static final Duration START_MAX = Duration.ofMinutes(3);
    /** What a dead node had begun is begun again by another after its check-in and 7.5 s. */
    private static final Duration TAKEN_OVER_WITHIN = WITHIN.plusSeconds(15);
    private static final List<Duration> LEAPS = List.of(Duration.ofHours(-1), Duration.ofDays(1), Duration.ZERO);
    private static final List<StreamDefinition> STREAMS = StreamCatalog.load(Path.of("routes"), Map.of()).all().stream()
            .filter(stream -> List.of("customers", "products", "suppliers").contains(stream.name())).toList();

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNextSyncOfEachCompanyComesWithinTwoIntervals(boolean clustered) throws Exception {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(2).withRecords(30).withRateLimit(RateLimit.OFF);
        Settings.Database database = TestWarehouse.readyDatabase();
        LeapingClock clock = LeapingClock.in(Files.createDirectory(home.resolve("clock")));
        try (Sandbox sandbox = Sandbox.start(options);
                Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            Process node = installation(sandbox, database, clustered).withOptions(List.of(clock.machineOption()))
                    .start("run");
            try {
                await().atMost(Duration.ofMinutes(2)).until(() -> begun(warehouse).size() == 2);
                awaitSyncs(warehouse, INTERVAL.multipliedBy(6));
                for (Duration leap : LEAPS) {
                    clock.leapTo(leap);
                    sandbox.companies().forEach(company -> sandbox.mutate(company.id(), new Random(3), 5));
                    awaitSyncs(warehouse, WITHIN);
                    sandbox.addCompany();
                    sandbox.writeTokens(home.resolve("tokens"));
                    int companies = sandbox.companies().size();
                    await("the jobs of Camel go on").atMost(WITHIN.plus(WITHIN))
                            .until(() -> begun(warehouse).size() == companies);
                    assertThat(clustered).isEqualTo(checksIn(warehouse));
                }
                awaitSyncs(warehouse, WITHIN);
                await().atMost(WITHIN.plus(WITHIN)).untilAsserted(
                        () -> assertThat(WarehouseTruth.differences(sandbox, warehouse, STREAMS)).isEmpty());
            } finally {
                node.destroyForcibly().waitFor();
            }
        }
    }

    /** One clock leaps while the other is right, then the other; then one of the nodes is killed. */
    @Test
    void twoNodesWhoseClocksLeapByThemselvesLeaveNoCompanyBehind() throws Exception {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(3).withRecords(30).withRateLimit(RateLimit.OFF);
        Settings.Database database = TestWarehouse.readyDatabase();
        List<LeapingClock> clocks = List.of(LeapingClock.in(Files.createDirectory(home.resolve("clock-1"))),
                LeapingClock.in(Files.createDirectory(home.resolve("clock-2"))));
        List<Process> nodes = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.start(options);
                Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            for (LeapingClock clock : clocks) {
                nodes.add(installation(sandbox, database, true).withOptions(List.of(clock.machineOption()))
                        .start("run"));
            }
            await().atMost(START_MAX).until(() -> checkIns(warehouse).size() == 2 && begun(warehouse).size() == 3);
            awaitSyncs(warehouse, INTERVAL.multipliedBy(6));
            for (LeapingClock clock : clocks) {
                for (Duration leap : LEAPS) {
                    clock.leapTo(leap);
                    sandbox.companies().forEach(company -> sandbox.mutate(company.id(), new Random(3), 5));
                    awaitSyncs(warehouse, WITHIN);
                }
            }
            clocks.get(0).leapTo(Duration.ofHours(-1));
            clocks.get(1).leapTo(Duration.ofDays(1));
            awaitSyncs(warehouse, WITHIN);
            nodes.remove(0).destroyForcibly().waitFor();
            awaitSyncs(warehouse, TAKEN_OVER_WITHIN);
            await().atMost(WITHIN.plus(WITHIN)).untilAsserted(
                    () -> assertThat(WarehouseTruth.differences(sandbox, warehouse, STREAMS)).isEmpty());
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
    }

    private ProcessInstallation installation(Sandbox sandbox, Settings.Database database, boolean clustered) {
        return ProcessInstallation.of(home, sandbox).into(database).with("sync.interval", INTERVAL.toSeconds() + "s")
                .with("quartz.cluster", Boolean.toString(clustered)).with("quartz.check-in-interval", "1s")
                .with("sync.sweep-interval-without-changelog", "1d").with("sync.parallel-companies", "5")
                .with("streams.ledger_entries.enabled", "false").with("console.port", "0");
    }

    /** A sync that is under way counts: it began before; the one behind it is the next. */
    private static void awaitSyncs(Warehouse warehouse, Duration limit) {
        Map<Long, Instant> before = begun(warehouse);
        await().atMost(limit).untilAsserted(() -> assertThat(begun(warehouse)).allSatisfy(
                (company, begunAt) -> assertThat(begunAt).isNotEqualTo(before.get(company))));
    }

    /** When each company's last sync was begun, by the database's clock, which does not leap. */
    private static Map<Long, Instant> begun(Warehouse warehouse) {
        Map<Long, Instant> begun = new HashMap<>();
        warehouse.jdbc().sql("select company_id, begun_at from pennylane_sync.company_run").query(row -> {
            begun.put(row.getLong(1), row.getTimestamp(2).toInstant());
        });
        return begun;
    }

    /** Whether a node goes on saying that it lives; in memory there is none. */
    private static boolean checksIn(Warehouse warehouse) {
        List<Long> first = checkIns(warehouse);
        if (first.isEmpty()) {
            return false;
        }
        await().atMost(INTERVAL).until(() -> !checkIns(warehouse).equals(first));
        return true;
    }

    private static List<Long> checkIns(Warehouse warehouse) {
        return warehouse.jdbc().sql("select last_checkin_time from pennylane_sync.qrtz_scheduler_state")
                .query(Long.class).list();
    }
}
