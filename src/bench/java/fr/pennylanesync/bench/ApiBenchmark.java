package fr.pennylanesync.bench;

import fr.pennylanesync.bench.BenchmarkServer.Database;
import fr.pennylanesync.bench.Benchmarks.Benchmark;
import fr.pennylanesync.cli.PennylaneSync;
import fr.pennylanesync.postgres.FileTrees;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The first sync of one long list over the API, without a limit of requests, beside a loop by hand. Each runs in a JVM
 * of 256 MB of its own, once with a few records, which is its start, and a few times with all. The sandbox that answers
 * is in this process: its time counts on the clock, for both, and in nobody's processor time.
 *
 * <p>{@code -Dbench.rows=40000 -Dbench.times=3}; {@code -Dbench.jfr=FILE} records the last sync.
 */
final class ApiBenchmark implements Benchmark {

    private static final int ROWS = Integer.getInteger("bench.rows", 40_000);
    private static final int ROWS_OF_A_START = 20;
    private static final int TIMES = Integer.getInteger("bench.times", 3);
    private static final String STREAM = "ledger_entry_lines";
    private static final double GOAL_RATIO = 0.9;
    private static final double GOAL_PROCESSOR = 1.8;

    /** An API with some records, and its tokens. */
    private record Source(Sandbox sandbox, Path tokens) implements AutoCloseable {

        static Source of(int records) throws IOException {
            // The loop knows nothing of characters that jsonb does not take: there are none for either.
            Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(records)
                    .withRateLimit(RateLimit.OFF).withAwkwardText(false));
            Path tokens = Files.createTempDirectory("benchmark-tokens");
            sandbox.writeTokens(tokens);
            return new Source(sandbox, tokens);
        }

        long company() {
            return sandbox.companies().get(0).id();
        }

        Path token() {
            return tokens.resolve(sandbox.companies().get(0).alias() + ".token");
        }

        @Override
        public void close() throws IOException {
            sandbox.close();
            FileTrees.delete(tokens);
        }
    }

    private static final class Stand implements AutoCloseable {

        private final BenchmarkServer server = new BenchmarkServer("api");
        private final Path home = Files.createTempDirectory("benchmark-home");

        Stand() throws Exception {}

        Measured sync(Source source, boolean last) throws Exception {
            Database warehouse = warehouse();
            Path configuration = Files.writeString(home.resolve("api.properties"), String.join("\n",
                    "pennylane.base-url=" + source.sandbox().baseUri(),
                    "pennylane.tokens.directory=" + source.tokens(),
                    "pennylane.rate.requests=10000", "pennylane.rate.window=1s",
                    "routes.directory=" + Path.of("routes").toAbsolutePath(),
                    "archive.directory=" + home.resolve("archive"), "warehouse.jdbc-url=" + warehouse.url(),
                    "warehouse.username=" + warehouse.user(), "warehouse.password=" + warehouse.password(), ""));
            return measured(warehouse, last ? Benchmarks.recording() : List.of(), PennylaneSync.class, "sync",
                    "--stream", STREAM, "--no-files", "--config", configuration.toString());
        }

        Measured loop(Source source, boolean last) throws Exception {
            Database warehouse = warehouse();
            return measured(warehouse, List.of(), ApiLoop.class, source.sandbox().baseUri().toString(),
                    source.token().toString(), Long.toString(source.company()), warehouse.url(), warehouse.user(),
                    warehouse.password());
        }

        private Database warehouse() throws Exception {
            Database database = server.newWarehouse(home, STREAM);
            database.run("checkpoint");
            return database;
        }

        private Measured measured(Database warehouse, List<String> options, Class<?> main, String... arguments)
                throws Exception {
            double serverBefore = server.settledSeconds();
            double javaBefore = ProcessorTime.ofEndedChildren(ProcessHandle.current());
            long begin = System.nanoTime();
            int exit = java(options, main, arguments).waitFor();
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (exit != 0) {
                throw new IllegalStateException(main.getSimpleName() + " ended with " + exit + ": "
                        + Files.readString(home.resolve("out")) + Files.readString(home.resolve("err")));
            }
            if (warehouse.count("select count(*) from pennylane." + STREAM) == 0) {
                throw new IllegalStateException(main.getSimpleName() + " landed nothing");
            }
            return new Measured(seconds, server.settledSeconds() - serverBefore,
                    ProcessorTime.ofEndedChildren(ProcessHandle.current()) - javaBefore);
        }

        private Process java(List<String> options, Class<?> main, String... arguments) throws IOException {
            return Benchmarks.java(home, Benchmarks.asSync(options), main, arguments)
                    .redirectError(home.resolve("err").toFile()).start();
        }

        @Override
        public void close() throws Exception {
            server.close();
            FileTrees.delete(home);
        }
    }

    @Override
    public BenchmarkReport run() throws Exception {
        BenchmarkReport report = new BenchmarkReport("A first sync of one list of " + String.format(Locale.ROOT,
                "%,d", ROWS) + " records over the API, without a limit of requests, CPU in microseconds a record");
        try (Stand stand = new Stand(); Source few = Source.of(ROWS_OF_A_START); Source all = Source.of(ROWS)) {
            Way sync = Way.of("sync", few, all, stand::sync);
            Way loop = Way.of("loop", few, all, stand::loop);
            Way.measure(TIMES, sync, loop);
            report.add(figures("first sync, every check and hash", sync, loop));
            report.add(figures("loop by hand, page after page", loop, loop));
            report.conclude(String.format(Locale.ROOT,
                    "speed: %.2f of the loop, goal %.1f; CPU, start included: %.1f times the loop's, goal %.1f",
                    loop.rows().seconds() / sync.rows().seconds(), GOAL_RATIO,
                    sync.all().processor() / loop.all().processor(), GOAL_PROCESSOR));
        }
        return report;
    }

    private static Map<String, String> figures(String what, Way way, Way loop) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("what", what);
        figures.put("records/s", String.format(Locale.ROOT, "%,.0f", ROWS / way.rows().seconds()));
        figures.put("of the loop", String.format(Locale.ROOT, "%.2f",
                loop.rows().seconds() / way.rows().seconds()));
        figures.put("server", Measured.micros(way.rows().server(), ROWS));
        figures.put("Java", Measured.micros(way.rows().java(), ROWS));
        figures.put("CPU s of a start", String.format(Locale.ROOT, "%.1f", way.start().processor()));
        return figures;
    }
}
