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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a sync costs as the warehouse grows: one in which nothing changed, and one that brings some changes. The rows
 * are copies of ledger lines that a sync has landed, four to an entry, of the same company, with the batches that would
 * have brought them and versions of every twentieth.
 *
 * <p>First other companies are put beside it, each with everything that the schema holds of it.
 *
 * <p>{@code -Dbench.sizes=0,1000000,5000000}: the rows of each measurement, ascending; {@code -Dbench.companies=2000}:
 * the others.
 */
final class ScalingBenchmark implements Benchmark {

    private static final List<Long> SIZES = Stream.of(System.getProperty("bench.sizes", "0,1000000,5000000").split(","))
            .map(Long::valueOf).toList();
    private static final int COMPANIES = Integer.getInteger("bench.companies", 100);
    private static final int RECORDS = 200;
    private static final int CHANGES = 100;
    private static final int TIMES = Integer.getInteger("bench.times", 3);
    private static final long FIRST_COPY = 1_000_000_000_000L;
    private static final int BATCH = 100;
    private static final int LINES_OF_ENTRY = 4;
    private static final int ROWS_PER_VERSION = 20;
    private static final String RUNTIME = "set pennylane_sync.writer = 'runtime'";

    /** A warehouse that one company was synced into, and what answers for it. */
    private static final class Stand implements AutoCloseable {

        private final BenchmarkServer server = new BenchmarkServer("scaling");
        private final Path home = Files.createTempDirectory("benchmark-home");
        private final Path tokens = Files.createTempDirectory("benchmark-tokens");
        private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS)
                .withRateLimit(RateLimit.OFF));
        private final Database warehouse = server.newWarehouse(home, "ledger_entry_lines");
        private final Random dice = new Random(19);
        private long rows;

        Stand() throws Exception {
            sandbox.writeTokens(tokens);
            sync();
            sync();
        }

        /** Adds copies until there are so many. */
        void grow(long size) throws Exception {
            long from = FIRST_COPY + rows;
            long more = size - rows;
            if (more > 0) {
                warehouse.run(RUNTIME, copies("ledger_entries", more / LINES_OF_ENTRY, Map.of("id", from + " + n")),
                        copies("ledger_entry_lines", more, Map.of("id", from + " + n", "debit", "0", "credit", "0",
                                "ledger_entry_id", from + " + n / " + LINES_OF_ENTRY)),
                        batches(from, more / BATCH), versions(from, more));
                rows = size;
            }
            warehouse.run("vacuum analyze", "checkpoint");
        }

        /** The company's oldest record again and again, with other values in some columns: the books stay right. */
        private String copies(String table, long count, Map<String, String> values) throws Exception {
            List<String> columns = columns("pennylane." + table);
            return "insert into pennylane." + table + " (" + String.join(", ", columns) + ") select "
                    + columns.stream().map(column -> values.getOrDefault(column, column))
                            .collect(Collectors.joining(", "))
                    + " from (select * from pennylane." + table + " order by id limit 1) t, generate_series(0, "
                    + (count - 1) + ") n";
        }

        /** They stand before all others of the stream. */
        private static String batches(long from, long count) {
            return """
                    insert into pennylane_sync.batch (company_id, stream, pass, run, batch_key, first_id, last_id,
                        record_count, changed_count, record_ids, deleted_ids, batch_hash, chain_hash, requests_used,
                        landed_at, chain_position, number, hash_version)
                    select company_id, stream, pass, run, 'copy ' || %1$d + n, first_id, last_id, %3$d, %3$d,
                        array(select %1$d + n * %3$d + i from generate_series(0, %3$d - 1) i), deleted_ids, batch_hash,
                        chain_hash, requests_used, landed_at, - %1$d - n, - %1$d - n, hash_version
                    from (select * from pennylane_sync.batch where stream = 'ledger_entry_lines' order by id limit 1) t,
                        generate_series(0, %2$d - 1) n""".formatted(from, count, BATCH);
        }

        private static String versions(long from, long more) {
            return "insert into pennylane_sync.record_version (company_id, stream, parent_id, id, batch_id,"
                    + " replaced_by_batch_id, payload, record_hash, source, changed_at) select company_id,"
                    + " 'ledger_entry_lines', 0, id, batch_id, batch_id, payload, record_hash, source, changed_at"
                    + " from pennylane.ledger_entry_lines where id >= " + from + " and id < " + (from + more)
                    + " and id % " + ROWS_PER_VERSION + " = 0";
        }

        private List<String> columns(String table) throws Exception {
            return texts("select quote_ident(attname) from pg_attribute where attrelid = '" + table + "'::regclass"
                    + " and attnum > 0 and not attisdropped and attgenerated = '' order by attnum");
        }

        private List<String> texts(String sql) throws Exception {
            List<String> texts = new ArrayList<>();
            try (var connection = warehouse.connect();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }

        /** Adds companies that have what this one has, in every table. */
        void addCompanies() throws Exception {
            List<String> statements = new ArrayList<>(List.of(RUNTIME));
            for (String table : texts("select c.oid::regclass from pg_class c join pg_attribute a on a.attrelid = c.oid"
                    + " where a.attname = 'company_id' and c.relkind = 'r' and not c.relispartition"
                    + " and c.relnamespace in ('pennylane'::regnamespace, 'pennylane_sync'::regnamespace)")) {
                statements.add("insert into " + table + " (" + String.join(", ", columns(table))
                        + ") overriding user value select " + columns(table).stream()
                                .map(column -> column.equals("company_id") ? "n" : column)
                                .collect(Collectors.joining(", "))
                        + " from " + table + " t, generate_series(1, " + COMPANIES + ") n on conflict do nothing");
            }
            warehouse.run(statements.toArray(String[]::new));
            warehouse.run("vacuum analyze", "checkpoint");
        }

        void change() {
            sandbox.mutate(dice, CHANGES);
        }

        Measured sync() throws Exception {
            Path configuration = Benchmarks.unlimited(home, sandbox, tokens, warehouse);
            double serverBefore = server.settledSeconds();
            double javaBefore = ProcessorTime.ofEndedChildren(ProcessHandle.current());
            long begin = System.nanoTime();
            int exit = Benchmarks.java(home, List.of(), PennylaneSync.class, "sync", "--no-files", "--config",
                    configuration.toString()).redirectError(home.resolve("err").toFile()).start().waitFor();
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (exit != 0) {
                throw new IOException("sync ended with " + exit + ": " + Files.readString(home.resolve("out"))
                        + Files.readString(home.resolve("err")));
            }
            return new Measured(seconds, server.settledSeconds() - serverBefore,
                    ProcessorTime.ofEndedChildren(ProcessHandle.current()) - javaBefore);
        }

        @Override
        public void close() throws Exception {
            sandbox.close();
            server.close();
            FileTrees.delete(home);
            FileTrees.delete(tokens);
        }
    }

    @Override
    public BenchmarkReport run() throws Exception {
        BenchmarkReport report = new BenchmarkReport("A sync of one company, start included, as companies stand beside"
                + " it and as its rows grow: nothing changed, and " + CHANGES + " changes; the medians of " + TIMES
                + " runs, seconds");
        try (Stand stand = new Stand()) {
            report.add(measure(stand, 0, 0));
            stand.addCompanies();
            for (long size : SIZES) {
                stand.grow(size);
                report.add(measure(stand, COMPANIES, size));
            }
        }
        return report;
    }

    private static Map<String, String> measure(Stand stand, int others, long size) throws Exception {
        List<Measured> idle = new ArrayList<>();
        List<Measured> changed = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            idle.add(stand.sync());
            stand.change();
            changed.add(stand.sync());
            System.err.println(others + " others, " + size + " rows: idle " + idle.get(i) + ", changed "
                    + changed.get(i));
        }
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("rows", String.format(Locale.ROOT, "%,d", size));
        figures.put("other companies", String.format(Locale.ROOT, "%,d", others));
        figures.putAll(figures(Measured.median(idle), Measured.median(changed)));
        // The first sync that finds more rows tries the rules of the books for all of them, as is done once a day.
        figures.put("once a day", seconds(changed.get(0).seconds()));
        return figures;
    }

    private static Map<String, String> figures(Measured idle, Measured changed) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("idle", seconds(idle.seconds()));
        figures.put("server CPU", seconds(idle.server()));
        figures.put("Java CPU", seconds(idle.java()));
        figures.put("changed", seconds(changed.seconds()));
        figures.put("its server CPU", seconds(changed.server()));
        figures.put("its Java CPU", seconds(changed.java()));
        return figures;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }
}
