package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.pennylanesync.postgres.EmbeddedPostgres;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log of a running service says about something that it depends on: when it goes, and when it is back. */
@Tag("minutes")
class OutageTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int COMPANIES = 3;
    private static final Duration ENOUGH = Duration.ofMinutes(3);
    /** Longer than a connection of the pool is waited for, so that everything has failed at least once. */
    private static final Duration OUTAGE = Duration.ofSeconds(40);

    @TempDir
    Path home;
    private Optional<Process> process = Optional.empty();

    @AfterEach
    void end() {
        process.ifPresent(Process::destroyForcibly);
    }

    @Test
    void aWarehouseThatGoesAndComesBackIsToldOnceEach() throws Exception {
        Path directory = Files.createDirectories(home.resolve("postgres"));
        EmbeddedPostgres server = EmbeddedPostgres.start(directory, 0);
        int port = server.port();
        Settings.Database database =
                new Settings.Database(server.jdbcUrl(), server.username(), Optional.of(server.password()));
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(COMPANIES).withRecords(300)
                .withLatency(Duration.ofMillis(20)).withRateLimit(RateLimit.OFF))) {
            ProcessInstallation installation = ProcessInstallation.of(home, sandbox).into(database)
                    .with("console.port", "0").with("sync.interval", "10s").with("retry.delay-ms", "1000");
            process = Optional.of(installation.start("run"));
            // In the middle of the histories: much is under way.
            await().atMost(ENOUGH).until(() -> sandbox.requests().total() > 60);
            server.close();
            await().atMost(ENOUGH).until(() -> named("warehouse_away").size() == 1);
            await().pollDelay(OUTAGE).atMost(ENOUGH).until(() -> process.orElseThrow().isAlive());
            Instant back = Instant.now();
            server = EmbeddedPostgres.start(directory, port);
            await().atMost(ENOUGH).until(() -> named("warehouse_back").size() == 1);
            awaitSynced(database, back);
            assertThat(named("warehouse_away")).hasSize(1);
            assertThat(named("warehouse_back")).hasSize(1);
            assertThat(named("leases_lost")).hasSize(1);
            assertThat(named("leases_retaken")).hasSize(1);
            assertThat(named("console_not_refreshed")).hasSizeLessThan(2);
            assertThat(named("reload_state_not_saved")).hasSizeLessThan(2);
            assertThat(lines().stream().filter(line -> line.path("level").asText().equals("ERROR"))).isEmpty();
            assertThat(lines().stream().filter(line -> line.has("message") || line.has("stack_trace")))
                    .as("lines of libraries").isEmpty();
        } finally {
            end();
            server.close();
        }
    }

    private static void awaitSynced(Settings.Database database, Instant since) {
        try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            await().atMost(ENOUGH).pollInterval(Duration.ofMillis(500)).ignoreExceptions()
                    .until(() -> warehouse.jdbc().sql("""
                            select count(*) from pennylane_sync.company_run where begun_at > ?::timestamptz
                            and ended_at > begun_at""").param(since.toString()).query(Long.class)
                            .single() == COMPANIES);
        }
    }

    private List<JsonNode> named(String event) {
        return lines().stream().filter(line -> line.path("event").asText().equals(event)).toList();
    }

    private List<JsonNode> lines() {
        try {
            return Files.readString(home.resolve("outputs/1.err")).lines().filter(line -> line.startsWith("{"))
                    .filter(line -> line.endsWith("}")).map(OutageTest::json).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
