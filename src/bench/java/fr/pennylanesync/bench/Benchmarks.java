package fr.pennylanesync.bench;

import fr.pennylanesync.bench.BenchmarkServer.Database;
import fr.pennylanesync.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a benchmark by its name: {@code mvn -Pbench verify -Dbench=share}. It prints a table, and writes the same as
 * JSON below {@code target/bench}.
 */
public final class Benchmarks {

    /** Runs something that takes minutes. */
    interface Benchmark {
        BenchmarkReport run() throws Exception;
    }

    private static final Map<String, Benchmark> BY_NAME =
            Map.of("api", new ApiBenchmark(), "flakes", new FlakesBenchmark(), "idle", new IdleBenchmark(), "jmh",
                    new JmhBenchmark(), "pace", new PaceBenchmark(), "requests", new RequestsBenchmark(), "scaling",
                    new ScalingBenchmark(), "share", new ShareBenchmark(), "verify", new VerifyBenchmark());

    private Benchmarks() {}

    /**
     * @return the options that make a Java process record itself into the file of {@code -Dbench.jfr}; none without
     * that file
     */
    static List<String> recording() {
        String file = System.getProperty("bench.jfr", "");
        return file.isEmpty() ? List.of() : List.of("-XX:StartFlightRecording:settings=profile,filename=" + file);
    }

    /**
     * Returns these options with those that the start script gives a sync, or those of {@code -Dbench.java}; a loop
     * beside it gets the same.
     */
    static List<String> asSync(List<String> options) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(System.getProperty("bench.java").split(" ")));
        return all;
    }

    /**
     * Writes the configuration of a sync that the requests of no token hold up.
     *
     * @param home where it lies
     */
    static Path unlimited(Path home, Sandbox sandbox, Path tokens, Database warehouse) throws IOException {
        return Files.writeString(home.resolve("unlimited.properties"), String.join("\n",
                "pennylane.base-url=" + sandbox.baseUri(), "pennylane.tokens.directory=" + tokens,
                "pennylane.rate.requests=10000", "pennylane.rate.window=1s",
                "routes.directory=" + Path.of("routes").toAbsolutePath(),
                "archive.directory=" + home.resolve("archive"), "warehouse.jdbc-url=" + warehouse.url(),
                "warehouse.username=" + warehouse.user(), "warehouse.password=" + warehouse.password(), ""));
    }

    /**
     * Returns what starts a Java process of 256 MB; its output goes to a file.
     *
     * @param home where it runs
     */
    static ProcessBuilder java(Path home, List<String> options, Class<?> main, String... arguments) {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+UseSerialGC"));
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).directory(home.toFile()).redirectOutput(home.resolve("out").toFile());
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
