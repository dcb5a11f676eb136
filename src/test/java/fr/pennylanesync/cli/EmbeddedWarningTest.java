package fr.pennylanesync.cli;

import static org.awaitility.Awaitility.await;

import fr.pennylanesync.console.Console;
import fr.pennylanesync.console.ConsoleSources.HealthQuestions;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.runtime.Tables;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health and console say for an hour that the embedded PostgreSQL was started again. */
@Tag("minutes")
class EmbeddedWarningTest {

    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path home;

    @Test
    void aServerThatWasStartedAgainIsAWarning() throws Exception {
        Path tokens = Files.createDirectory(home.resolve("tokens"));
        Properties given = new Properties();
        given.putAll(Map.of("pennylane.base-url", "http://127.0.0.1:1", "pennylane.tokens.directory",
                tokens.toString()));
        Settings settings = SettingsLoader.load(Optional.empty(), Map.of(), given, text -> text);
        StreamCatalog catalog = StreamCatalog.load(Path.of("routes"), Map.of());
        try (Warehouse warehouse = Warehouse.open(new Settings.Warehouse(Optional.empty(),
                new Settings.Embedded(home.resolve("postgres"), 0), 8, Duration.ofSeconds(30)));
                Console console = Console.open(new Settings.Console("127.0.0.1", 0))) {
            console.watch(new Attention(settings, warehouse, Tables.of(warehouse.jdbc())).sources(
                    new Attention.Running(() -> catalog,
                            new HealthQuestions(warehouse::check, () -> {}, () -> {}, () -> {}),
                            () -> ReloadState.loaded(Instant.EPOCH), List::of, Optional::empty)),
                    Duration.ofMillis(100));
            kill();

            await().atMost(WITHIN).until(() -> warehouse.embedded().orElseThrow().restarts().count() == 1);
            await().atMost(WITHIN).until(() -> get(console, "").contains("EMBEDDED_RESTARTED"));
            await().atMost(WITHIN).until(() -> get(console, "observe/health").contains("EMBEDDED_RESTARTED"));
        }
    }

    private void kill() throws IOException {
        Path postmaster = home.resolve("postgres/18/data/postmaster.pid");
        ProcessHandle.of(Long.parseLong(Files.readAllLines(postmaster).get(0).strip())).orElseThrow()
                .destroyForcibly();
    }

    private static String get(Console console, String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(console.url() + path)).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }
}
