package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.postgres.EmbeddedPostgres;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code run} begins, ends, and lives through what it depends on being away. */
@Tag("minutes")
class LifecycleTest {

    private static final SandboxOptions OPTIONS =
            SandboxOptions.defaults().withCompanies(2).withRecords(60).withRateLimit(RateLimit.OFF);
    private static final List<StreamDefinition> STREAMS = StreamCatalog.load(Path.of("routes"), Map.of()).all().stream()
            .filter(stream -> stream.enabled() && !stream.isShareOnly()).toList();
    private static final int TERMINATED = 143;

    @TempDir
    Path home;
    private Optional<Process> process = Optional.empty();

    @AfterEach
    void end() {
        process.ifPresent(Process::destroyForcibly);
    }

    @Test
    void aStopGivesTheCompaniesBackAndTheNextStartGoesOnAtOnce() throws Exception {
        try (Sandbox sandbox = Sandbox.start(OPTIONS.withLatency(Duration.ofMillis(50)))) {
            Settings.Database database = TestWarehouse.readyDatabase();
            ProcessInstallation installation =
                    ProcessInstallation.of(home, sandbox).into(database).with("console.port", "0");
            try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
                start(installation);
                await().atMost(Duration.ofMinutes(3)).until(() -> sandbox.requests().total() > 60);
                process.orElseThrow().destroy();
                assertThat(process.orElseThrow().waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.orElseThrow().exitValue()).isEqualTo(TERMINATED);
                assertThat(count(warehouse, "company_lease where released_at is null")).as("companies not given back")
                        .isZero();
                assertThat(count(warehouse, "company_run where ended_at is null")).as("broken off").isPositive();
                assertThat(errors()).doesNotContain("stop_given_up").doesNotContain("UNEXPECTED")
                        .doesNotContain("sync_abandoned");
                start(installation);
                awaitTruth(sandbox, warehouse);
            }
        }
    }

    @Test
    void aSyncInTheForegroundWaitsForTheCompanyThatRunReads() throws Exception {
        try (Sandbox sandbox = Sandbox.start(OPTIONS.withCompanies(1).withLatency(Duration.ofMillis(30)))) {
            ProcessInstallation installation =
                    ProcessInstallation.of(home, sandbox).into(TestWarehouse.readyDatabase()).with("console.port", "0");
            start(installation);
            await().atMost(Duration.ofMinutes(3)).until(() -> sandbox.requests().total() > 30);
            ProcessInstallation.EndedProcess foreground = installation.run("sync");
            assertThat(foreground.exitCode()).as(foreground.all()).isZero();
            assertThat(sandbox.requests().all().stream().map(LoggedRequest::agent)
                    .filter(agent -> agent.contains("process")).distinct()).hasSize(2);
            assertThat(foreground.all() + errors()).doesNotContain("CHECKPOINT_MOVED");
        }
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedForAtStartAndLater() throws Exception {
        Path directory = Files.createDirectories(home.resolve("postgres"));
        EmbeddedPostgres server = EmbeddedPostgres.start(directory, 0);
        Settings.Database database =
                new Settings.Database(server.jdbcUrl(), server.username(), Optional.of(server.password()));
        int port = Integer.parseInt(server.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
        server.close();
        try (Sandbox sandbox = Sandbox.start(OPTIONS)) {
            // The archive's server is away all the time: the syncs go on without it.
            ProcessInstallation installation = ProcessInstallation.of(home, sandbox).into(database)
                    .with("console.port", "0").with("sync.interval", "10s")
                    .with("sync.sweep-interval-without-changelog", "1m")
                    .with("archive.s3.endpoint", "http://127.0.0.1:9").with("archive.s3.bucket", "files")
                    .with("archive.s3.access-key", "key").with("archive.s3.secret-key", "secret");
            start(installation);
            await().atMost(Duration.ofMinutes(3)).until(() -> errors().contains("waiting for the warehouse"));
            server = EmbeddedPostgres.start(directory, port);
            try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
                awaitTruth(sandbox, warehouse);
            }
            server.close();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> errors().contains("leases_lost") || errors().contains("job_failed"));
            assertThat(process.orElseThrow().isAlive()).isTrue();
            sandbox.companies().forEach(company -> sandbox.mutate(company.id(), new Random(1), 10));
            server = EmbeddedPostgres.start(directory, port);
            try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
                awaitTruth(sandbox, warehouse);
            }
            assertThat(process.orElseThrow().isAlive()).isTrue();
        } finally {
            end();
            server.close();
        }
    }

    private void start(ProcessInstallation installation) throws IOException {
        process = Optional.of(installation.start("run"));
    }

    private static void awaitTruth(Sandbox sandbox, Warehouse warehouse) {
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofSeconds(1)).ignoreExceptions()
                .untilAsserted(() -> assertThat(WarehouseTruth.differences(sandbox, warehouse, STREAMS)).isEmpty());
    }

    private static long count(Warehouse warehouse, String table) {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync." + table).query(Long.class).single();
    }

    private String errors() {
        try (Stream<Path> files = Files.list(home.resolve("outputs"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(path -> path.toString().endsWith(".err")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
