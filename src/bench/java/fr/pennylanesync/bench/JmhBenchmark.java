package fr.pennylanesync.bench;

import fr.pennylanesync.bench.Benchmarks.Benchmark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The inner loops, measured by JMH in JVMs of their own, each beside a plain library's. */
final class JmhBenchmark implements Benchmark {

    private static final String PLAIN = "Plain";
    private static final int FORKS = 2;
    private static final int WARM_UPS = 3;
    private static final int MEASURED = 5;

    /** What is measured, what it is held against, and for what each is done once. */
    private record Loop(String method, String what, String plain) {}

    private static final List<Loop> LOOPS = List.of(
            new Loop("pageReading", "page of 100 records: exact, each value judged", "Jackson's readTree"),
            new Loop("canonicalJson", "record: canonical JSON, keys sorted", "Jackson's writeValueAsBytes"),
            new Loop("recordHash", "record: hash of its canonical JSON", "SHA-256 of Jackson's JSON"),
            new Loop("rateBudget", "request: budget of its token", "a semaphore"),
            new Loop("chain", "batch of 100 records: its hash, chained", "SHA-256 of the same, unchained"));

    @Override
    public BenchmarkReport run() throws Exception {
        Map<String, Double> micros = new TreeMap<>();
        for (RunResult result : new Runner(new OptionsBuilder().include(InnerLoops.class.getName()).forks(FORKS)
                .warmupIterations(WARM_UPS).warmupTime(TimeValue.seconds(1)).measurementIterations(MEASURED)
                .measurementTime(TimeValue.seconds(1)).jvmArgs("-Xmx256m", "-XX:+UseSerialGC").build()).run()) {
            micros.put(result.getPrimaryResult().getLabel(), result.getPrimaryResult().getScore());
        }
        BenchmarkReport report = new BenchmarkReport("The inner loops by JMH, microseconds each time");
        LOOPS.forEach(loop -> report.add(figures(loop, micros.get(loop.method()), micros.get(loop.method() + PLAIN))));
        return report;
    }

    private static Map<String, String> figures(Loop loop, double micros, double plain) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("what", loop.what());
        figures.put("us", String.format(Locale.ROOT, "%.2f", micros));
        figures.put("plain us", String.format(Locale.ROOT, "%.2f", plain));
        figures.put("times the plain", String.format(Locale.ROOT, "%.2f", micros / plain));
        figures.put("held against", loop.plain());
        return figures;
    }
}
