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
 * A sync of a company that has nothing new, as most syncs are. Two numbers of companies are synced until nothing is
 * left over, and then once more: what the larger number takes more, of that last time, is divided by what it has more.
 * So neither the start nor what the JVM compiles at first counts.
 *
 * <p>{@code -Dbench.companies=100}; {@code -Dbench.jfr=FILE} records the last sync.
 */
final class IdleBenchmark implements Benchmark {

    private static final int FEW = 20;
    private static final int MANY = Integer.getInteger("bench.companies", 100);
    private static final int RECORDS = 20;
    private static final double GOAL_MILLIS = 30;
    private static final String STREAM = "customers";

    /** A first sync leaves proofs and copies to be looked at by the next. */
    private static final int SETTLED_AFTER = 2;

    /** What the last sync took. */
    private record Idle(double server, double java) {

        double perCompany(Idle fewer) {
            return (server + java - fewer.server - fewer.java) / (MANY - FEW) * 1e3;
        }
    }

    @Override
    public BenchmarkReport run() throws Exception {
        BenchmarkReport report = new BenchmarkReport("A sync of a company without anything new, " + FEW + " and " + MANY
                + " companies, CPU in milliseconds a company");
        try (BenchmarkServer server = new BenchmarkServer("idle")) {
            Idle few = idle(server, FEW);
            Idle many = idle(server, MANY);
            Map<String, String> figures = new LinkedHashMap<>();
            figures.put("what", "a sync, every stream, nothing new");
            figures.put("server", millis((many.server - few.server) / (MANY - FEW)));
            figures.put("Java", millis((many.java - few.java) / (MANY - FEW)));
            figures.put("both", String.format(Locale.ROOT, "%.1f", many.perCompany(few)));
            report.add(figures);
            report.conclude(String.format(Locale.ROOT, "%.1f ms a company-sync, goal %.0f", many.perCompany(few),
                    GOAL_MILLIS));
        }
        return report;
    }

    private static Idle idle(BenchmarkServer server, int companies) throws Exception {
        Path home = Files.createTempDirectory("benchmark-home");
        Path tokens = Files.createTempDirectory("benchmark-tokens");
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(companies).withRecords(RECORDS)
                .withRateLimit(RateLimit.OFF))) {
            sandbox.writeTokens(tokens);
            Database warehouse = server.newWarehouse(home, STREAM);
            Path configuration = Benchmarks.unlimited(home, sandbox, tokens, warehouse);
            for (int sync = 0; sync < SETTLED_AFTER; sync++) {
                sync(home, configuration, List.of());
            }
            warehouse.run("checkpoint");
            double serverBefore = server.settledSeconds();
            double javaBefore = ProcessorTime.ofEndedChildren(ProcessHandle.current());
            sync(home, configuration, companies == MANY ? Benchmarks.recording() : List.of());
            return new Idle(server.settledSeconds() - serverBefore,
                    ProcessorTime.ofEndedChildren(ProcessHandle.current()) - javaBefore);
        } finally {
            FileTrees.delete(tokens);
            FileTrees.delete(home);
        }
    }

    private static void sync(Path home, Path configuration, List<String> options) throws Exception {
        int exit = Benchmarks.java(home, Benchmarks.asSync(options), PennylaneSync.class, "sync", "--no-files",
                "--config", configuration.toString()).redirectError(home.resolve("err").toFile()).start().waitFor();
        if (exit != 0) {
            throw new IOException("sync ended with " + exit + ": " + Files.readString(home.resolve("out")));
        }
    }

    private static String millis(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds * 1e3);
    }
}
