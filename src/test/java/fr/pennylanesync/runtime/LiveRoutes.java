package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.ShownRoutes;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.token.TokenExpiries;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The runtime that works by itself, over a routes directory of its own that the test edits. */
final class LiveRoutes implements AutoCloseable {

    static final Duration WITHIN = Duration.ofSeconds(20);

    final Sandbox sandbox;
    final Warehouse warehouse = TestWarehouse.ready();
    final MeterRegistry meters;
    final Path routes;
    private final Path tokens = temporary("tokens");
    private final Settings settings;
    final SyncService runtime;

    /** @param routes made by {@link #copy}, perhaps edited before the start */
    LiveRoutes(SandboxOptions options, Path routes, Map<String, String> more) {
        this(options, routes, more, new SimpleMeterRegistry());
    }

    LiveRoutes(SandboxOptions options, Path routes, Map<String, String> more, MeterRegistry meters) {
        this.meters = meters;
        this.sandbox = Sandbox.start(options);
        this.routes = routes;
        this.settings = settings(more);
        this.runtime = SyncService.start(settings, warehouse, meters);
    }

    private Settings settings(Map<String, String> more) {
        sandbox.writeTokens(tokens);
        Properties properties = new Properties();
        properties.setProperty("pennylane.base-url", sandbox.baseUri().toString());
        properties.setProperty("pennylane.tokens.directory", tokens.toString());
        properties.setProperty("pennylane.rate.requests", "10000");
        properties.setProperty("pennylane.rate.window", "1s");
        properties.setProperty("archive.directory", temporary("archive").toString());
        properties.setProperty("archive.exports", "none");
        properties.setProperty("routes.directory", routes.toString());
        properties.setProperty("sync.interval", "10s");
        properties.setProperty("sync.sweep-interval-without-changelog", "1m");
        properties.putAll(more);
        return SettingsLoader.load(Optional.empty(), Map.of(), properties, text -> text);
    }

    /** Our own routes, in a directory that may be edited. */
    static Path copy() {
        return ShownRoutes.copyTo(temporary("routes").resolve("routes"));
    }

    static Path temporary(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only its token file tells of it. */
    void addCompany() {
        sandbox.addCompany();
        sandbox.writeTokens(tokens);
    }

    /** Gives a company whose token was revoked another one. */
    void mendToken(long companyId) {
        sandbox.rotateToken(companyId);
        sandbox.writeTokens(tokens);
    }

    /** Writes down when a company's token ends. */
    void tokenEnds(String alias, LocalDate day) {
        new TokenExpiries(tokens, InstantSource.system()).write(alias, day);
    }

    /** Starts another node beside this one; the settings make them a cluster. */
    SyncService another() {
        return SyncService.start(settings, warehouse, new SimpleMeterRegistry());
    }

    Path file(String name) {
        return routes.resolve(name);
    }

    String read(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String name, String content) {
        try {
            Files.writeString(file(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void edit(String name, UnaryOperator<String> change) {
        String before = read(name);
        String after = change.apply(before);
        assertThat(after).as("the edit of " + name).isNotEqualTo(before);
        write(name, after);
    }

    void delete(String name) {
        try {
            Files.delete(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ReloadState state() {
        return runtime.reload();
    }

    long loads() {
        return (long) meters.get("pennylane_sync_reload_loaded_total").counter().count();
    }

    long refusals() {
        return (long) meters.get("pennylane_sync_reload_refused_total").counter().count();
    }

    /** Does the edit and waits until it has taken over. */
    void loads(Runnable edit) {
        edit.run();
        awaitInForce();
    }

    private void awaitInForce() {
        await().atMost(WITHIN).untilAsserted(() -> {
            assertThat(runtime.version().files().fingerprint()).as("what runs; faults " + state().faults())
                    .isEqualTo(RouteSnapshot.read(routes).fingerprint());
            assertThat(state().faults()).isEmpty();
        });
    }

    /** Does the edit, waits until it is refused, and takes it back. */
    List<String> refuses(String name, String content) {
        boolean existed = Files.exists(file(name));
        String good = existed ? read(name) : "";
        long before = refusals();
        var running = runtime.version();
        write(name, content);
        await().atMost(WITHIN).untilAsserted(() -> assertThat(refusals()).isGreaterThan(before));
        List<String> faults = state().faults();
        assertThat(runtime.version()).as("what runs").isSameAs(running);
        if (existed) {
            write(name, good);
        } else {
            delete(name);
        }
        await().atMost(WITHIN).until(() -> state().refusedAt().isEmpty());
        assertThat(runtime.version()).as("what runs").isSameAs(running);
        return faults;
    }

    /** Puts our own routes back, and waits until they are in force. */
    void restore() {
        deleteTree(routes);
        ShownRoutes.copyTo(routes);
        awaitInForce();
    }

    /** Waits until the syncs have made the warehouse equal to the truth. */
    void awaitSync() {
        await().atMost(Duration.ofSeconds(60)).until(() -> differences(streams()).isEmpty());
    }

    List<StreamDefinition> streams() {
        return runtime.catalog().all().stream().filter(StreamDefinition::enabled)
                .filter(stream -> !stream.isShareOnly()).toList();
    }

    List<String> differences(List<StreamDefinition> streams) {
        return WarehouseTruth.differences(sandbox, warehouse, streams);
    }

    /** Streams whose last pass was stopped by a fault. */
    List<String> errors() {
        return runtime.progress().all().stream().filter(stream -> stream.outcome() == Progress.StreamOutcome.FAILED)
                .map(Object::toString).toList();
    }

    long rows(String table) {
        return warehouse.jdbc().sql("select count(*) from pennylane." + table).query(Long.class).single();
    }

    void stopJobs() {
        runtime.close();
    }

    /** The same installation without its jobs. */
    SyncRuntime again() {
        return SyncRuntime.start(settings, warehouse, StreamCatalog.load(routes, Map.of()));
    }

    static void syncOnce(SyncRuntime runtime) {
        runtime.sync(runtime.companies().active(), List.of(),
                new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ZERO));
    }

    @Override
    public void close() {
        runtime.close();
        warehouse.close();
        sandbox.close();
        deleteTree(routes.getParent());
    }

    private static void deleteTree(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
