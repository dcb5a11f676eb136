package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.lint.HostileRoutes;
import fr.pennylanesync.lint.HostileRoutes.Variant;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamOptions;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is put beside the shipped routes while they run, they run on, and nothing else has changed. */
@Tag("minutes")
class HostileReloadTest {

    private static final int VARIANTS_MIN = 120;

    @TempDir
    Path directory;

    @Test
    void aHotReloadOfEachHostileFileLeavesEverythingAsItWas() throws IOException {
        Path routes = copy(Path.of("routes"));
        RouteVersion version =
                RouteVersion.checked(RouteSnapshot.read(routes), StreamOptions.NONE, AllowList.shipped());
        MeterRegistry meters = new SimpleMeterRegistry();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF));
                Warehouse warehouse = TestWarehouse.ready();
                RuntimeResources resources =
                        RuntimeResources.open(settings(sandbox, warehouse), warehouse, version.catalog(), meters);
                SyncEngine engine = SyncEngine.start(EngineFactory.dependencies(resources), version)) {
            GuardedReload reload =
                    new GuardedReload(engine, warehouse, StreamOptions.NONE, AllowList.shipped(), meters);
            List<String> tables = tables(warehouse);
            List<Variant> variants = HostileRoutes.all();
            assertThat(variants).hasSizeGreaterThan(VARIANTS_MIN);
            for (Variant variant : variants) {
                Path file = routes.resolve(variant.file());
                Optional<String> before = Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
                Files.createDirectories(file.getParent());
                Files.writeString(file, variant.text());
                assertRefused(reload, RouteSnapshot.read(routes), variant);
                assertThat(engine.version()).as(variant.toString()).isSameAs(version);
                putBack(file, before);
            }
            assertThat(tables(warehouse)).isEqualTo(tables);
            assertThat(meters.counter("pennylane_sync_reload_refused_total").count()).isEqualTo(variants.size());
            assertThat(meters.counter("pennylane_sync_reload_loaded_total").count()).isZero();
            reload.offer(RouteSnapshot.read(routes));
            assertThat(reload.state().faults()).as("all is as it was").isEmpty();
        }
    }

    private static void assertRefused(GuardedReload reload, RouteSnapshot files, Variant variant) {
        assertThat(reload.offer(files)).as(variant.toString()).isFalse();
        assertThat(reload.state().faults()).as(variant.toString()).anyMatch(fault -> fault.contains(variant.rule()));
    }

    private void putBack(Path file, Optional<String> before) throws IOException {
        if (before.isPresent()) {
            Files.writeString(file, before.get());
            return;
        }
        for (Path path = file; !path.equals(directory) && isGone(path); path = path.getParent()) {
            Files.delete(path);
        }
    }

    private static boolean isGone(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return true;
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.findAny().isEmpty();
        }
    }

    private static Settings settings(Sandbox sandbox, Warehouse warehouse) {
        try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, Map.of())) {
            return run.settings;
        }
    }

    private static List<String> tables(Warehouse warehouse) {
        return warehouse.jdbc().sql("select table_schema || '.' || table_name || '.' || column_name"
                + " from information_schema.columns where table_schema like 'pennylane%' order by 1")
                .query(String.class).list();
    }

    private Path copy(Path shipped) throws IOException {
        Path routes = directory.resolve("routes");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.sorted().toList()) {
                Files.copy(file, routes.resolve(shipped.relativize(file).toString()));
            }
        }
        return routes;
    }
}
