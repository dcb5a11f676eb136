package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.plan.Progress.StreamOutcome;
import fr.pennylanesync.postgres.EmbeddedSupervisor;
import fr.pennylanesync.postgres.PostgresErrorCode;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.warehouse.Warehouse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded PostgreSQL is killed with {@code kill -9} while records are landed: the work goes on by itself. */
@Tag("minutes")
class EmbeddedRestartTest {

    private static final Duration WITHIN = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void aSyncWhosePostmasterIsKilledEndsAndTheNextOneIsWhole() throws Exception {
        try (Sandbox sandbox = sandbox(); Warehouse warehouse = warehouse();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED)) {
            CompletableFuture<Void> sync = CompletableFuture.runAsync(run::sync);
            awaitBatches(warehouse);
            kill();

            sync.get();
            awaitRestart(warehouse);
            run.sync();
            assertThat(run.progress.all()).allMatch(stream -> stream.outcome() == StreamOutcome.COMPLETE
                    || stream.outcome() == StreamOutcome.NOT_PERMITTED);
        }
    }

    @Test
    void aRunWhosePostmasterIsKilledGoesOnByItself() throws Exception {
        try (Sandbox sandbox = sandbox(); Warehouse warehouse = warehouse();
                SyncService run = SyncService.start(settings(sandbox), warehouse, new SimpleMeterRegistry())) {
            await().atMost(WITHIN).until(() -> succeeded(warehouse, Instant.EPOCH));
            kill();
            awaitRestart(warehouse);

            Instant restarted = warehouse.embedded().orElseThrow().restarts().lastAt().orElseThrow();
            await().atMost(WITHIN).ignoreExceptions().until(() -> succeeded(warehouse, restarted));
            run.progress().requireWork();
        }
    }

    private static boolean succeeded(Warehouse warehouse, Instant after) {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync.stream_state where stream = 'customers'"
                + " and succeeded_at > ?").param(Timestamp.from(after)).query(Long.class).single() == 1;
    }

    private Settings settings(Sandbox sandbox) throws IOException {
        Path tokens = Files.createDirectory(directory.resolve("tokens"));
        sandbox.writeTokens(tokens);
        Properties properties = new Properties();
        properties.putAll(Map.of("pennylane.base-url", sandbox.baseUri().toString(), "pennylane.tokens.directory",
                tokens.toString(), "archive.directory", directory.resolve("archive").toString(),
                "pennylane.rate.requests", "10000", "pennylane.rate.window", "1s", "sync.interval", "10s"));
        return SettingsLoader.load(Optional.empty(), Map.of(), properties, text -> text);
    }

    @Test
    void whileItIsAwayTheWarehouseSaysWhyAndAfterwardsItIsThere() throws Exception {
        try (Warehouse warehouse = warehouse()) {
            kill();
            assertThatThrownBy(warehouse::check).extracting("code").isEqualTo(PostgresErrorCode.EMBEDDED_DIED);

            awaitRestart(warehouse);
            await().atMost(WITHIN).untilAsserted(warehouse::check);
            assertThat(warehouse.embedded().map(EmbeddedSupervisor::restarts).orElseThrow().count()).isEqualTo(1);
        }
    }

    private static void awaitBatches(Warehouse warehouse) {
        await().atMost(WITHIN).until(() -> warehouse.jdbc().sql("select count(*) from pennylane_sync.batch")
                .query(Long.class).single() > 5);
    }

    private static void awaitRestart(Warehouse warehouse) {
        await().atMost(WITHIN).until(() -> warehouse.embedded().orElseThrow().restarts().count() == 1);
    }

    private static Sandbox sandbox() {
        return Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(300).withRateLimit(RateLimit.OFF));
    }

    private Warehouse warehouse() {
        return Warehouse.open(new Settings.Warehouse(Optional.empty(), new Settings.Embedded(directory, 0), 8,
                Duration.ofSeconds(30)));
    }

    private void kill() throws IOException {
        long postmaster =
                Long.parseLong(Files.readAllLines(directory.resolve("18/data/postmaster.pid")).get(0).strip());
        ProcessHandle handle = ProcessHandle.of(postmaster).orElseThrow();
        handle.destroyForcibly();
        await().atMost(WITHIN).until(() -> !handle.isAlive());
    }
}
