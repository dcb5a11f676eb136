package fr.pennylanesync.acceptance;

import static org.awaitility.Awaitility.await;

import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it costs one node when nothing changes at 500 companies: one sync of each, measured from outside its process.
 *
 * <p>{@code mvn test -Dtest=IdleCompaniesBenchmark -Dbenchmark=true [-Dbenchmark.companies=500]}.
 */
@EnabledIfSystemProperty(named = "benchmark", matches = "true")
class IdleCompaniesBenchmark {

    private static final int COMPANIES = Integer.getInteger("benchmark.companies", 500);
    private static final Duration LONG_ENOUGH = Duration.ofHours(1);

    @TempDir
    Path home;

    @Test
    void aCycleOfIdleCompanies() throws Exception {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(COMPANIES).withRecords(20).withRateLimit(RateLimit.OFF);
        try (Sandbox sandbox = Sandbox.start(options)) {
            Settings.Database database = TestWarehouse.readyDatabase();
            ProcessInstallation installation = ProcessInstallation.of(home, sandbox).into(database)
                    .with("console.port", "0").with("sync.interval", "1m")
                    .with("warehouse.pool-size", "16");
            Process process = installation.start("run");
            try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
                Instant begun = Instant.now();
                await().atMost(LONG_ENOUGH).pollInterval(Duration.ofSeconds(1))
                        .until(() -> synced(warehouse, Instant.EPOCH) == COMPANIES);
                System.out.printf("idle: first sync of %d companies in %d s, %,d requests%n", COMPANIES,
                        Duration.between(begun, Instant.now()).toSeconds(), sandbox.requests().total());
                measure(sandbox, warehouse, process);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static void measure(Sandbox sandbox, Warehouse warehouse, Process process) {
        sandbox.requests().clear();
        Duration cpu = process.info().totalCpuDuration().orElseThrow();
        Instant since = warehouse.jdbc().sql("select now()").query(OffsetDateTime.class).single().toInstant();
        AtomicLong connections = new AtomicLong();
        AtomicLong threads = new AtomicLong();
        await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(250)).until(() -> {
            connections.accumulateAndGet(warehouse.jdbc().sql("""
                    select count(*) from pg_stat_activity where datname = current_database()""").query(Long.class)
                    .single(), Math::max);
            threads.accumulateAndGet(ProcessFigures.status(process, "Threads"), Math::max);
            return synced(warehouse, since) == COMPANIES;
        });
        Duration wall = Duration.between(since, Instant.now());
        Duration used = process.info().totalCpuDuration().orElseThrow().minus(cpu);
        System.out.printf(
                "idle: a cycle of %d companies took %d s at one sync a minute each, %.1f requests and %.0f ms of CPU "
                        + "per company,"
                        + " at most %d connections (ours included) and %d threads, %d MB resident%n",
                COMPANIES, wall.toSeconds(),
                sandbox.requests().total() / (double) COMPANIES, used.toMillis() / (double) COMPANIES,
                connections.get(), threads.get(),
                ProcessFigures.status(process, "VmRSS") / 1024);
    }

    private static long synced(Warehouse warehouse, Instant since) {
        return warehouse.jdbc()
                .sql("select count(*) from pennylane_sync.company_run where begun_at > ? and ended_at is not null")
                .param(Timestamp.from(since)).query(Long.class).single();
    }
}
