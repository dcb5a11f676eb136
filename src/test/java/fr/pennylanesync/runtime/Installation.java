package fr.pennylanesync.runtime;

import fr.pennylanesync.logging.Logs;
import fr.pennylanesync.plan.Progress.StreamSync;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** A whole runtime with its token directory, warehouse, meters and log file, against a sandbox of its own. */
final class Installation implements AutoCloseable {

    /** Streams without a changelog are swept at every sync. */
    private static final SyncRequest DEMAND =
            new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ZERO);

    final Sandbox sandbox;
    final Warehouse warehouse = TestWarehouse.ready();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final StreamCatalog catalog = StreamCatalog.load(Path.of("routes"), Map.of());
    final SyncRuntime runtime;
    private final Path tokens;
    private final Path log;

    Installation(SandboxOptions options, Path home, Map<String, String> more) {
        sandbox = Sandbox.start(options);
        tokens = home.resolve("tokens");
        log = home.resolve("sync.log");
        Logs.writeTo(Optional.of(log));
        sandbox.writeTokens(tokens);
        runtime = SyncRuntime.start(settings(more), warehouse, catalog, meters);
    }

    private Settings settings(Map<String, String> more) {
        Properties properties = new Properties();
        properties.setProperty("pennylane.base-url", sandbox.baseUri().toString());
        properties.setProperty("pennylane.tokens.directory", tokens.toString());
        more.forEach(properties::setProperty);
        return SettingsLoader.load(Optional.empty(), Map.of(), properties, text -> text);
    }

    /** @param streams with their children; none: all */
    void sync(String... streams) {
        runtime.sync(runtime.companies().active(), List.of(streams), DEMAND);
    }

    void write(String name, String token) {
        try {
            Path whole = Files.writeString(tokens.resolve("." + name), token + "\n");
            Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-------"));
            Files.move(whole, tokens.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The named streams and their children; no name: all. */
    List<StreamDefinition> streams(String... names) {
        List<String> named = List.of(names);
        return catalog.all().stream().filter(StreamDefinition::enabled)
                .filter(stream -> named.isEmpty() || named.contains(stream.parent().orElse(stream.name()))).toList();
    }

    List<String> differences(SandboxCompany company, List<StreamDefinition> streams) {
        return WarehouseTruth.differences(sandbox, warehouse, company.id(), streams);
    }

    List<StreamSync> progress(SandboxCompany company) {
        return runtime.progress().all().stream().filter(stream -> stream.companyId() == company.id()).toList();
    }

    Company company(SandboxCompany company) {
        return runtime.companies().company(company.id()).orElseThrow();
    }

    long batches(SandboxCompany company) {
        return warehouse.jdbc().sql("select count(*) from pennylane_sync.batch where company_id = ?")
                .param(company.id()).query(Long.class).single();
    }

    /** Requests that the runtime sent in this company's name. */
    long sentFor(SandboxCompany company) {
        return (long) meters.find("pennylane_sync_requests_total").tag("company", Long.toString(company.id()))
                .counters().stream()
                .mapToDouble(Counter::count).sum();
    }

    Set<String> companyLabels() {
        return meters.find("pennylane_sync_requests_total").counters().stream()
                .map(counter -> counter.getId().getTag("company"))
                .collect(Collectors.toSet());
    }

    long loggedEvents(String event) {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("\"" + event + "\"")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        runtime.close();
        Logs.writeTo(Optional.empty());
        warehouse.close();
        sandbox.close();
    }
}
