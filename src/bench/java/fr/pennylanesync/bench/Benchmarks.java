package fr.pennylanesync.bench;

import java.util.List;
import java.util.Map;

/**
 * Runs a benchmark by its name: {@code mvn -Pbench verify -Dbench=share}. It prints a table, and writes the same as
 * JSON below {@code target/benchmarks}.
 */
public final class Benchmarks {

    /** Runs something that takes minutes. */
    interface Benchmark {
        BenchmarkReport run() throws Exception;
    }

    private static final Map<String, Benchmark> BY_NAME =
            Map.of("api", new ApiBenchmark(), "requests", new RequestsBenchmark(), "share", new ShareBenchmark(),
                    "verify",
                    new VerifyBenchmark());

    private Benchmarks() {}

    /**
     * @return the options that make a Java process record itself into the file of {@code -Dbench.jfr}; none without
     * that file
     */
    static List<String> recording() {
        String file = System.getProperty("bench.jfr", "");
        return file.isEmpty() ? List.of() : List.of("-XX:StartFlightRecording:settings=profile,filename=" + file);
    }

    /** @param arguments the name of a benchmark */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        Benchmark benchmark = BY_NAME.get(name);
        if (benchmark == null) {
            throw new IllegalArgumentException("-Dbench= takes one of " + BY_NAME.keySet() + ", not " + name);
        }
        benchmark.run().publish(name);
    }
}
