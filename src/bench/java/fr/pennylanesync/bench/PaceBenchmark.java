package fr.pennylanesync.bench;

import fr.pennylanesync.bench.Benchmarks.Benchmark;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.postgres.FileTrees;
import fr.pennylanesync.report.WorkLeft;
import fr.pennylanesync.runtime.SyncRuntime;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * How much of what a token may ask is used, over a whole first sync and in each of its minutes, without latency and
 * with 300 ms; and, ten times as fast, whether the time to go is what then came. All of it runs side by side; that they
 * begin one after the other keeps five starts of a runtime from sharing the processors.
 *
 * <p>{@code -Dbench.records=100000} ledger lines are three hundredths of that at the documented rate: about seven
 * minutes.
 */
final class PaceBenchmark implements Benchmark {

    private static final int RECORDS = Integer.getInteger("bench.records", 100_000) * 3 / 100;
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final int REQUESTS = 25;
    private static final int FASTER = 10;
    private static final Duration LATENCY = Duration.ofMillis(300);
    private static final List<Double> PARTS = List.of(0.1, 0.5, 0.9);
    private static final int REFUSED = 429;
    private static final double NEARLY_ALL = 0.95;
    private static final int SECONDS_APART = 20;

    /**
     * One first sync.
     *
     * @param streams empty: all
     * @param rate how much more than documented the token may ask
     */
    private record Run(String what, List<String> streams, Duration latency, int rate) {}

    /**
     * What was said to be to go.
     *
     * @param at seconds since the beginning
     */
    private record Sample(double at, Optional<WorkLeft> left) {

        Optional<Duration> toGo() {
            return left.flatMap(WorkLeft::timeToGo);
        }
    }

    /** What came of a run. */
    private record Outcome(Run run, List<LoggedRequest> requests, List<Sample> samples, double seconds) {}

    @Override
    public BenchmarkReport run() throws Exception {
        List<Run> runs = List.of(new Run("every stream", List.of(), Duration.ZERO, 1),
                new Run("every stream", List.of(), LATENCY, 1),
                new Run("one list with its sub-lists", List.of("supplier_invoices"), LATENCY, 1),
                new Run("one list in slices of dates", List.of("transactions"), LATENCY, 1),
                new Run("every stream, ten times the rate", List.of(), Duration.ZERO, FASTER));
        BenchmarkReport report = new BenchmarkReport(String.format(Locale.ROOT,
                "Use of a token that may ask %d times in %d s, in first syncs of %,d ledger lines, and ten times as"
                        + " many at ten times the rate",
                REQUESTS, WINDOW.toSeconds(), RECORDS));
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(runs.size());
        try {
            List<Future<Outcome>> running = new ArrayList<>();
            for (Run run : runs) {
                running.add(threads.schedule(() -> measure(run), (long) running.size() * SECONDS_APART,
                        TimeUnit.SECONDS));
            }
            for (Future<Outcome> outcome : running) {
                Outcome measured = outcome.get();
                Map<String, String> figures = figures(measured);
                System.out.println(figures);
                shortWindows(measured).forEach(System.out::println);
                report.add(figures);
                if (measured.run().streams().isEmpty()) {
                    String timeToGo = timeToGo(measured);
                    System.out.println(timeToGo);
                    report.conclude(timeToGo);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        report.conclude("used: goal 0.98 without latency, 0.97 with 300 ms, and none refused");
        return report;
    }

    private static Outcome measure(Run run) throws Exception {
        Path home = Files.createTempDirectory("benchmark-home");
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1)
                .withRecords(RECORDS * run.rate()).withLatency(run.latency())
                .withRateLimit(new RateLimit(REQUESTS * run.rate(), WINDOW, true)));
                Warehouse warehouse = TestWarehouse.create()) {
            Settings settings = settings(sandbox, home, run);
            StreamCatalog catalog = StreamCatalog.load(Path.of("routes"), Map.of());
            try (SyncRuntime runtime = SyncRuntime.start(settings, warehouse, catalog)) {
                return measure(run, sandbox, warehouse, runtime);
            }
        } finally {
            FileTrees.delete(home);
        }
    }

    private static Outcome measure(Run run, Sandbox sandbox, Warehouse warehouse, SyncRuntime runtime) {
        List<Sample> samples = new ArrayList<>();
        long company = sandbox.companies().get(0).id();
        sandbox.requests().clear();
        long began = System.nanoTime();
        WorkLeft.Budget budget =
                new WorkLeft.Budget((double) REQUESTS * run.rate() / WINDOW.toSeconds(), EnumSet.allOf(Proof.class));
        ScheduledExecutorService watch = FatalErrors.scheduler(1, "pace");
        try {
            watch.scheduleAtFixedRate(() -> samples.add(new Sample(secondsSince(began), Optional
                    .ofNullable(WorkLeft.read(warehouse.jdbc(), runtime.catalog(), budget).get(company)))), 1, 1,
                    TimeUnit.SECONDS);
            runtime.sync(runtime.companies().active(), run.streams(),
                    new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ofHours(6)));
        } finally {
            watch.shutdownNow();
        }
        return new Outcome(run, sandbox.requests().all(), List.copyOf(samples), secondsSince(began));
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static Settings settings(Sandbox sandbox, Path home, Run run) throws IOException {
        sandbox.writeTokens(home);
        Properties properties = new Properties();
        properties.setProperty("pennylane.base-url", sandbox.baseUri().toString());
        properties.setProperty("pennylane.tokens.directory", home.toString());
        properties.setProperty("pennylane.rate.requests", Integer.toString(REQUESTS * run.rate()));
        properties.setProperty("pennylane.rate.window", WINDOW.toSeconds() + "s");
        properties.setProperty("archive.directory", home.resolve("archive").toString());
        return SettingsLoader.load(Optional.empty(), Map.of(), properties, text -> text);
    }

    private static Map<String, String> figures(Outcome outcome) {
        List<Integer> minutes = minutes(outcome.requests());
        Instant first = outcome.requests().get(0).at();
        Instant last = outcome.requests().get(outcome.requests().size() - 1).at();
        double allowed = allowed(outcome.run(), Duration.between(first, last));
        double ofMinute = allowed(outcome.run(), Duration.ofMinutes(1));
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("first sync", outcome.run().what());
        figures.put("latency", outcome.run().latency().toMillis() + " ms");
        figures.put("minutes", String.format(Locale.ROOT, "%.1f", outcome.seconds() / 60));
        figures.put("allowed", String.format(Locale.ROOT, "%,.0f", allowed));
        figures.put("used", String.format(Locale.ROOT, "%,d", outcome.requests().size()));
        figures.put("share", String.format(Locale.ROOT, "%.3f", outcome.requests().size() / allowed));
        figures.put("least of a minute", minutes.stream().min(Integer::compare)
                .map(least -> String.format(Locale.ROOT, "%.3f", least / ofMinute)).orElse("-"));
        figures.put("refused", Long.toString(
                outcome.requests().stream().filter(request -> request.status() == REFUSED).count()));
        return figures;
    }

    /** Tells of each window with fewer requests than allowed of which kinds they were, and what was said to be left. */
    private static List<String> shortWindows(Outcome outcome) {
        Instant first = outcome.requests().get(0).at();
        Map<Long, Map<String, Long>> windows = outcome.requests().stream().collect(Collectors.groupingBy(
                request -> Duration.between(first, request.at()).toMillis() / WINDOW.toMillis(), TreeMap::new,
                Collectors.groupingBy(PaceBenchmark::kind, TreeMap::new, Collectors.counting())));
        List<String> lines = new ArrayList<>();
        windows.forEach((window, kinds) -> {
            long count = kinds.values().stream().mapToLong(Long::longValue).sum();
            if (count < NEARLY_ALL * REQUESTS * outcome.run().rate()) {
                lines.add(String.format(Locale.ROOT, "%s, %d ms, at %d s: %d requests, %s; %s", outcome.run().what(),
                        outcome.run().latency().toMillis(), window * WINDOW.toSeconds(), count, kinds,
                        left(outcome, window)));
            }
        });
        return lines;
    }

    private static String left(Outcome outcome, long window) {
        return outcome.samples().stream().filter(sample -> sample.at() >= window * WINDOW.toSeconds()).findFirst()
                .flatMap(Sample::left).map(WorkLeft::toString).orElse("nothing said to be left");
    }

    private static String kind(LoggedRequest request) {
        return request.path().replaceFirst("^.*/v2/", "").replaceAll("[0-9]+", "*")
                + (request.query() != null && request.query().contains("filter") ? "?" : "");
    }

    private static double allowed(Run run, Duration time) {
        return (double) REQUESTS * run.rate() * time.toMillis() / WINDOW.toMillis();
    }

    /** Counts the requests of each whole minute. */
    private static List<Integer> minutes(List<LoggedRequest> requests) {
        Instant first = requests.get(0).at();
        long whole = Duration.between(first, requests.get(requests.size() - 1).at()).toMinutes();
        List<Integer> minutes = new ArrayList<>();
        for (long minute = 0; minute < whole; minute++) {
            long number = minute;
            minutes.add((int) requests.stream()
                    .filter(request -> Duration.between(first, request.at()).toMinutes() == number).count());
        }
        return minutes;
    }

    private static String timeToGo(Outcome outcome) {
        StringBuilder text = new StringBuilder("time to go (").append(outcome.run().what()).append(", ")
                .append(outcome.run().latency().toMillis()).append(" ms), said and come:");
        for (double part : PARTS) {
            Sample sample = outcome.samples().stream().filter(one -> one.at() >= part * outcome.seconds()).findFirst()
                    .orElseThrow();
            double came = outcome.seconds() - sample.at();
            text.append(String.format(Locale.ROOT, " at %.0f %% %s for %.0f s;", 100 * part,
                    sample.toGo().map(said -> String.format(Locale.ROOT, "%.0f s (%+.0f %%)", said.toMillis() / 1e3,
                            100 * (said.toMillis() / 1e3 - came) / came)).orElse("nothing"),
                    came));
        }
        return text.append(" goal: within 10 %").toString();
    }
}
