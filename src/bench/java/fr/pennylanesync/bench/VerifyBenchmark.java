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
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command {@code verify} on the ledger lines that a sync has landed, beside a plain COPY of id, payload and hash of
 * the same table. Each runs in a JVM of 256 MB of its own, once on a warehouse with a few rows, which is its start, and
 * a few times on all: what is told is the difference, the median of the times.
 *
 * <p>{@code -Dbench.rows=300000 -Dbench.times=3}; {@code -Dbench.jfr=FILE} records the last verification.
 */
final class VerifyBenchmark implements Benchmark {

    private static final int ROWS = Integer.getInteger("bench.rows", 300_000);
    private static final int ROWS_OF_A_START = 100;
    private static final int TIMES = Integer.getInteger("bench.times", 3);
    private static final String STREAM = "ledger_entry_lines";
    private static final double GOAL_RATIO = 0.33;
    private static final long LANDING_MINUTES = 30;
    private static final long POLL_MILLIS = 500;

    /** A warehouse with what a sync has landed in it. */
    private record Landed(Database warehouse, Path configuration) {}

    private static final class Stand implements AutoCloseable {

        private final BenchmarkServer server = new BenchmarkServer("verify");
        private final Sandbox sandbox =
                Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(20).withRateLimit(RateLimit.OFF));
        private final Path home = Files.createTempDirectory("benchmark-home");

        Stand() throws IOException, SQLException {}

        /** Lands a ledger over the data sharing, as the quickest way; its ids are taken for those of the API. */
        Landed landed(int rows) throws Exception {
            long company = sandbox.companies().get(0).id();
            Database share = server.newDatabase();
            LedgerOfLife.fill(share, company, rows);
            Database warehouse = server.newWarehouse(home, STREAM);
            warehouse.run("insert into pennylane_sync.share_match (company_id, stream, verdict, sampled, found,"
                    + " agreeing) values (" + company + ", '" + STREAM + "', 'SAME', 0, 0, 0)");
            Landed landed = new Landed(warehouse, configuration(share, warehouse, rows));
            Process sync = java(List.of(), PennylaneSync.class, "sync", "--stream", STREAM, "--config",
                    landed.configuration().toString());
            try {
                String count = "select count(*) from pennylane." + STREAM;
                for (long polls = TimeUnit.MINUTES.toMillis(LANDING_MINUTES) / POLL_MILLIS; warehouse
                        .count(count) < rows; polls--) {
                    if (polls == 0 || !sync.isAlive()) {
                        throw new IllegalStateException("the sync did not land " + rows + " rows");
                    }
                    Thread.sleep(POLL_MILLIS);
                }
            } finally {
                sync.destroy();
                sync.waitFor();
            }
            warehouse.run("delete from pennylane_sync.foreign_change", "vacuum analyze");
            return landed;
        }

        private Path configuration(Database share, Database warehouse, int rows) throws IOException {
            Path tokens = Files.createDirectories(home.resolve("tokens"));
            sandbox.writeTokens(tokens);
            return Files.writeString(home.resolve(rows + ".properties"), String.join("\n",
                    "pennylane.base-url=" + sandbox.baseUri(), "pennylane.tokens.directory=" + tokens,
                    "routes.directory=" + Path.of("routes").toAbsolutePath(),
                    "archive.directory=" + home.resolve("archive"),
                    "warehouse.jdbc-url=" + warehouse.url(), "warehouse.username=" + warehouse.user(),
                    "warehouse.password=" + warehouse.password(), "share.jdbc-url=" + share.url(),
                    "share.username=" + share.user(), "share.password=" + share.password(), ""));
        }

        Measured verify(Landed landed, boolean last) throws Exception {
            List<String> options = last ? Benchmarks.recording() : List.of();
            return measured(options, PennylaneSync.class, "verify", "--stream", STREAM, "--config",
                    landed.configuration().toString());
        }

        Measured plain(Landed landed, boolean last) throws Exception {
            Database warehouse = landed.warehouse();
            return measured(List.of(), PlainCopy.class, warehouse.url(), warehouse.user(), warehouse.password(),
                    STREAM);
        }

        private Measured measured(List<String> options, Class<?> main, String... arguments) throws Exception {
            double serverBefore = server.settledSeconds();
            double javaBefore = ProcessorTime.ofEndedChildren(ProcessHandle.current());
            long begin = System.nanoTime();
            int exit = java(options, main, arguments).waitFor();
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (exit != 0) {
                throw new IllegalStateException(main.getSimpleName() + " ended with " + exit + ": "
                        + Files.readString(home.resolve("out")));
            }
            return new Measured(seconds, server.settledSeconds() - serverBefore,
                    ProcessorTime.ofEndedChildren(ProcessHandle.current()) - javaBefore);
        }

        private Process java(List<String> options, Class<?> main, String... arguments) throws IOException {
            return Benchmarks.java(home, options, main, arguments)
                    .redirectError(home.resolve("err").toFile()).start();
        }

        @Override
        public void close() throws Exception {
            sandbox.close();
            server.close();
            FileTrees.delete(home);
        }
    }

    @Override
    public BenchmarkReport run() throws Exception {
        BenchmarkReport report = new BenchmarkReport("The verification of " + String.format(Locale.ROOT, "%,d", ROWS)
                + " ledger lines in 256 MB, CPU in microseconds a row");
        try (Stand stand = new Stand()) {
            Landed few = stand.landed(ROWS_OF_A_START);
            Landed all = stand.landed(ROWS);
            Way verifying = Way.of("verify", few, all, stand::verify);
            Way copying = Way.of("plain", few, all, stand::plain);
            Way.measure(TIMES, verifying, copying);
            Measured verify = verifying.rows();
            Measured plain = copying.rows();
            report.add(figures("verify, every hash and column", verify, plain));
            report.add(figures("COPY (select id, payload, record_hash)", plain, plain));
            report.conclude(String.format(Locale.ROOT, "speed: %.2f of the plain COPY, goal %.2f",
                    plain.seconds() / verify.seconds(), GOAL_RATIO));
        }
        return report;
    }

    private static Map<String, String> figures(String what, Measured run, Measured plain) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("what", what);
        figures.put("rows/s", String.format(Locale.ROOT, "%,.0f", ROWS / run.seconds()));
        figures.put("of the plain COPY", String.format(Locale.ROOT, "%.2f", plain.seconds() / run.seconds()));
        figures.put("server", Measured.micros(run.server(), ROWS));
        figures.put("Java", Measured.micros(run.java(), ROWS));
        return figures;
    }
}
