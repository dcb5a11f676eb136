package fr.pennylanesync.bench;

import fr.pennylanesync.bench.BenchmarkServer.Database;
import fr.pennylanesync.bench.Benchmarks.Benchmark;
import fr.pennylanesync.cli.PennylaneSync;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamCatalog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The history of a ledger over the data sharing, beside a loop by hand and beside a bare COPY into a table with the
 * same key. They take turns, each in a JVM of 256 MB of its own: with a few rows, which is its start, then with all.
 * What is told is the difference, by row, the median of the times.
 *
 * <p>{@code -Dbench.rows=1000000 -Dbench.times=3}; {@code -Dbench.jfr=FILE} records the history's last run.
 */
final class ShareBenchmark implements Benchmark {

    private static final int ROWS = Integer.getInteger("bench.rows", 1_000_000);
    private static final int ROWS_OF_A_START = 100;
    private static final int TIMES = Integer.getInteger("bench.times", 3);
    private static final String STREAM = "ledger_entry_lines";
    private static final double GOAL_RATIO = 0.9;
    private static final double GOAL_MICROS = 16;
    private static final double GOAL_INDEXES = 10;
    private static final double PERCENT = 100;

    private final class Stand implements AutoCloseable {

        private final BenchmarkServer share = new BenchmarkServer("share");
        private final BenchmarkServer warehouse = new BenchmarkServer("warehouse");
        private final Sandbox sandbox =
                Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(20).withRateLimit(RateLimit.OFF));
        private final Path home = Files.createTempDirectory("benchmark-home");

        Stand() throws IOException, SQLException {}

        Database ledger(int rows) throws Exception {
            Database database = share.newDatabase();
            LedgerOfLife.fill(database, company(), rows);
            return database;
        }

        long company() {
            return sandbox.companies().get(0).id();
        }

        /** A table as a loop leaves it, on the server of the share: to read it costs the warehouse nothing then. */
        Database landedOf(Database from, long rows) throws Exception {
            Database landed = target(share);
            fill(HandWrittenLoop.class, from, landed, rows);
            return landed;
        }

        /** An empty warehouse. Its ids are not in the sandbox's API: that they mean the same is taken for granted. */
        Database target(BenchmarkServer server) throws Exception {
            Database database = server.newWarehouse(home, STREAM);
            database.run(
                    "insert into pennylane_sync.share_match (company_id, stream, verdict, sampled, found, agreeing)"
                            + " values (" + company() + ", '" + STREAM + "', 'SAME', 0, 0, 0)");
            database.run("checkpoint");
            return database;
        }

        Measured history(Database from, boolean last) throws Exception {
            return history(from, target(warehouse), last);
        }

        /** Without the indexes that the stream file declares: nothing makes them anew while a history is read. */
        Measured withoutIndexes(Database from, boolean last) throws Exception {
            Database target = target(warehouse);
            for (String column : StreamCatalog.load(Path.of("routes"), Map.of()).find(STREAM).orElseThrow().indexes()) {
                target.run("drop index pennylane." + STREAM + "_by_" + column);
            }
            return history(from, target, false);
        }

        private Measured history(Database from, Database target, boolean last) throws Exception {
            long rows = from.count("select count(*) from " + LedgerOfLife.TABLE);
            Path configuration = configuration(from, target);
            List<String> options = last ? Benchmarks.recording() : List.of();
            share.settledSeconds();
            warehouse.settledSeconds();
            Measured begin = now(null);
            Process process = java(options, PennylaneSync.class, "sync", "--stream", STREAM, "--config",
                    configuration.toString());
            Measured end = begin;
            try (BufferedReader events = process.errorReader()) {
                long read = 0;
                for (String line = events.readLine(); line != null && read < rows; line = events.readLine()) {
                    if (line.contains("share_partition_read")) {
                        read += Long.parseLong(line.replaceFirst(".*\"rows\":\"?(\\d+).*", "$1"));
                    } else if (line.contains("\"ERROR\"") || line.contains("\"WARN\"")) {
                        System.err.println(line);
                    }
                }
                end = now(process);
                process.toHandle().destroy();
                events.lines().forEach(rest -> {});
            }
            process.waitFor();
            require(target, rows);
            warehouse.drop(target);
            return end.minus(begin);
        }

        Measured other(Class<?> main, Database from, long rows) throws Exception {
            Database target = target(warehouse);
            Measured measured = fill(main, from, target, rows);
            warehouse.drop(target);
            return measured;
        }

        private Measured fill(Class<?> main, Database from, Database target, long rows) throws Exception {
            double own = reaped();
            share.settledSeconds();
            warehouse.settledSeconds();
            Measured begin = now(null);
            Process process = java(List.of(), main, from.url(), from.user(), from.password(), target.url(),
                    target.user(), target.password());
            try (BufferedReader errors = process.errorReader()) {
                errors.lines().forEach(System.err::println);
            }
            process.waitFor();
            double ended = System.nanoTime() / 1e9;
            Measured end = new Measured(ended, warehouse.settledSeconds(), reaped() - own, share.settledSeconds());
            require(target, rows);
            return end.minus(begin);
        }

        private void require(Database target, long rows) throws Exception {
            long landed = target.count("select count(*) from pennylane." + STREAM);
            if (landed != rows) {
                throw new IllegalStateException(landed + " rows landed, not " + rows);
            }
        }

        private Measured now(Process process) throws IOException {
            return new Measured(System.nanoTime() / 1e9, warehouse.processorSeconds(),
                    process == null ? 0 : ProcessorTime.seconds(process.toHandle()), share.processorSeconds());
        }

        private double reaped() throws IOException {
            return ProcessorTime.ofEndedChildren(ProcessHandle.current());
        }

        private Path configuration(Database from, Database target) throws IOException {
            Path tokens = Files.createDirectories(home.resolve("tokens"));
            sandbox.writeTokens(tokens);
            return Files.writeString(home.resolve("benchmark.properties"), String.join("\n",
                    "pennylane.base-url=" + sandbox.baseUri(), "pennylane.tokens.directory=" + tokens,
                    "routes.directory=" + Path.of("routes").toAbsolutePath(),
                    "warehouse.jdbc-url=" + target.url(), "warehouse.username=" + target.user(),
                    "warehouse.password=" + target.password(), "share.jdbc-url=" + from.url(),
                    "share.username=" + from.user(), "share.password=" + from.password(), ""));
        }

        private Process java(List<String> options, Class<?> main, String... arguments) throws IOException {
            return Benchmarks.java(home, Benchmarks.asSync(options), main, arguments).start();
        }

        @Override
        public void close() throws Exception {
            sandbox.close();
            share.close();
            warehouse.close();
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public BenchmarkReport run() throws Exception {
        BenchmarkReport report = new BenchmarkReport("A history of " + String.format(Locale.ROOT, "%,d", ROWS)
                + " ledger lines over the data sharing, CPU in microseconds a row");
        try (Stand stand = new Stand()) {
            Database few = stand.ledger(ROWS_OF_A_START);
            Database all = stand.ledger(ROWS);
            Database landed = stand.landedOf(all, ROWS);
            Database landedFew = stand.landedOf(few, ROWS_OF_A_START);
            Way history = Way.of("history", few, all, stand::history);
            Way loop = Way.of("loop", few, all, (from, last) -> stand.other(HandWrittenLoop.class, from,
                    from == few ? ROWS_OF_A_START : ROWS));
            Way pipe = Way.of("pipe", landedFew, landed, (from, last) -> stand.other(CopyPipe.class, from,
                    from == landedFew ? ROWS_OF_A_START : ROWS));
            Way bare = Way.of("history without the indexes", few, all, stand::withoutIndexes);
            Way.measure(TIMES, history, bare, loop, pipe);
            report.add(figures("history of pennylane-sync, every proof", history.rows(), loop.rows()));
            report.add(figures("the same without the declared indexes", bare.rows(), loop.rows()));
            report.add(figures("loop by hand, no proof", loop.rows(), loop.rows()));
            report.add(figures("COPY piped into COPY of the landed table", pipe.rows(), loop.rows()));
            report.conclude(verdict(history.rows(), loop.rows()));
            report.conclude(String.format(Locale.ROOT, "the declared indexes: %+.0f %% of the time, goal %.0f",
                    (history.rows().seconds() / bare.rows().seconds() - 1) * PERCENT, GOAL_INDEXES));
        }
        return report;
    }

    private static Map<String, String> figures(String what, Measured run, Measured loop) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("what", what);
        figures.put("rows/s", String.format(Locale.ROOT, "%,.0f", ROWS / run.seconds()));
        figures.put("of the loop", String.format(Locale.ROOT, "%.2f", loop.seconds() / run.seconds()));
        figures.put("share", Measured.micros(run.share(), ROWS));
        figures.put("warehouse", Measured.micros(run.server(), ROWS));
        figures.put("Java", Measured.micros(run.java(), ROWS));
        figures.put("warehouse + Java", Measured.micros(run.processor(), ROWS));
        return figures;
    }

    private static String verdict(Measured history, Measured loop) {
        double ratio = loop.seconds() / history.seconds();
        double micros = history.processor() / ROWS * 1e6;
        return String.format(Locale.ROOT,
                "speed: %.2f of the loop, goal %.1f; warehouse + Java: %.1f us a row, goal %.0f",
                ratio, GOAL_RATIO, micros, GOAL_MICROS);
    }
}
