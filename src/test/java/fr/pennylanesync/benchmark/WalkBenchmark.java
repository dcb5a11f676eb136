package fr.pennylanesync.benchmark;

import fr.pennylanesync.plan.Progress.StreamSync;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.runtime.SyncRuntime;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How much of the documented request budget (25 requests per 5 s and token) the first walk of one company uses, at two
 * latencies.
 *
 * <p>{@code mvn -q test -Dtest=WalkBenchmark -Dbenchmark=true}; about seven minutes.
 */
@EnabledIfSystemProperty(named = "benchmark", matches = "true")
class WalkBenchmark {

    /** About 50 000 rows together with the headers of their entries. */
    private static final int LEDGER_LINES = 37_000;
    private static final List<String> LEDGER = List.of("ledger_entry_lines", "ledger_entries");
    private static final List<String> EVERYTHING = List.of();
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);
    private static final Duration FIRST_MINUTES = Duration.ofSeconds(100);
    private static final double ALLOWED_PER_SECOND = 5;
    private static final int INTERVAL_SECONDS = 10;

    @Test
    void walk() throws Exception {
        measure("the ledger, 0 ms", LEDGER, Duration.ZERO, LONG_ENOUGH);
        measure("every stream with its sub-lists, 300 ms, the beginning", EVERYTHING, Duration.ofMillis(300),
                FIRST_MINUTES);
        measure("the ledger, 300 ms", LEDGER, Duration.ofMillis(300), LONG_ENOUGH);
    }

    private static void measure(String name, List<String> streams, Duration latency, Duration longest)
            throws Exception {
        Path tokens = Files.createTempDirectory("tokens");
        try (Sandbox sandbox = Sandbox
                .start(SandboxOptions.defaults().withCompanies(1).withRecords(LEDGER_LINES).withLatency(latency));
                Warehouse warehouse = TestWarehouse.create()) {
            sandbox.writeTokens(tokens);
            StreamCatalog catalog = StreamCatalog.load(Path.of("routes"), Map.of());
            CompletableFuture<Void> sync;
            try (SyncRuntime runtime = SyncRuntime.start(settings(sandbox, tokens), warehouse, catalog)) {
                sandbox.requests().clear();
                SyncRequest whatIsDue =
                        new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ofHours(6));
                sync = CompletableFuture.runAsync(() -> runtime.sync(runtime.companies().active(), streams, whatIsDue));
                waitFor(sync, longest);
                report(name, runtime, sandbox.requests().all());
            }
            waitFor(sync, LONG_ENOUGH);
        }
    }

    private static void waitFor(CompletableFuture<Void> sync, Duration longest) throws Exception {
        try {
            sync.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException enoughSeen) {
            System.out.println("stopped after " + longest.toSeconds() + " s");
        }
    }

    private static Settings settings(Sandbox sandbox, Path tokens) {
        Properties properties = new Properties();
        properties.setProperty("pennylane.base-url", sandbox.baseUri().toString());
        properties.setProperty("pennylane.tokens.directory", tokens.toString());
        return SettingsLoader.load(Optional.empty(), Map.of(), properties, text -> text);
    }

    private static void report(String name, SyncRuntime runtime, List<LoggedRequest> log) {
        Instant first = log.stream().map(LoggedRequest::at).min(Comparator.naturalOrder()).orElseThrow();
        Instant last = log.stream().map(LoggedRequest::at).max(Comparator.naturalOrder()).orElseThrow();
        double seconds = Duration.between(first, last).toMillis() / 1000.0;
        long rows = runtime.progress().all().stream().mapToLong(StreamSync::records).sum();
        long refused = log.stream().filter(request -> request.status() == 429).count();
        System.out.printf("%s: %,d rows, %d requests in %.1f s, %.1f %% of the allowed, %d of 429, %.0f rows/s%n", name,
                rows, log.size(), seconds,
                100 * log.size() / (ALLOWED_PER_SECOND * seconds), refused, rows / seconds);
        Map<Long, Long> perInterval = log.stream().collect(Collectors.groupingBy(
                request -> Duration.between(first, request.at()).toSeconds() / INTERVAL_SECONDS, TreeMap::new,
                Collectors.counting()));
        System.out.println("  requests per " + INTERVAL_SECONDS + " s: " + perInterval.values());
        runtime.progress().all().stream().filter(stream -> stream.requests() > 0)
                .forEach(stream -> System.out.printf("  %-42s %-9s %,8d rows %5d requests%n", stream.stream(),
                        stream.outcome(), stream.records(), stream.requests()));
    }
}
