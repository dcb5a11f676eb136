package fr.pennylanesync.runtime;

import fr.pennylanesync.api.budget.BudgetSettings;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The runtime against a sandbox and a warehouse, in this JVM. */
final class TestRun implements AutoCloseable {

    final Settings settings;
    final SyncRuntime runtime;
    final Progress progress;
    final StreamCatalog catalog;
    SyncRequest syncRequest = new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ofHours(6));

    TestRun(Sandbox sandbox, Warehouse warehouse, BudgetSettings budget) {
        this(sandbox, warehouse, budget, temporary("archive"));
    }

    /** @param archive the archive's directory; kept, so that a later run finds what an earlier one stored */
    TestRun(Sandbox sandbox, Warehouse warehouse, BudgetSettings budget, Path archive) {
        this(sandbox, warehouse, budget, Map.of("archive.directory", archive.toString()));
    }

    /** @param others further settings, which win */
    TestRun(Sandbox sandbox, Warehouse warehouse, BudgetSettings budget, Map<String, String> others) {
        settings = settings(sandbox, budget, others);
        catalog = ConfiguredStreams.load(settings);
        runtime = SyncRuntime.start(settings, warehouse, catalog);
        progress = runtime.progress();
    }

    private static Settings settings(Sandbox sandbox, BudgetSettings budget, Map<String, String> others) {
        Properties properties = new Properties();
        properties.setProperty("pennylane.base-url", sandbox.baseUri().toString());
        properties.setProperty("pennylane.tokens.directory", tokens(sandbox).toString());
        properties.setProperty("pennylane.rate.requests", Integer.toString(budget.requests()));
        properties.setProperty("pennylane.rate.window", budget.window().toMillis() + "ms");
        properties.putAll(others);
        return SettingsLoader.load(Optional.empty(), Map.of(), properties, text -> text);
    }

    private static Path tokens(Sandbox sandbox) {
        Path directory = temporary("tokens");
        sandbox.writeTokens(directory);
        return directory;
    }

    private static Path temporary(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sync() {
        runtime.sync(runtime.companies().active(), List.of(), syncRequest);
    }

    /** @param streams with their children */
    void sync(List<StreamDefinition> streams) {
        runtime.sync(runtime.companies().active(), streams.stream().map(StreamDefinition::name).toList(), syncRequest);
    }

    /** Archives what is due. */
    void archive() {
        runtime.archive(runtime.companies().active(), List.of());
    }

    @Override
    public void close() {
        runtime.close();
    }
}
