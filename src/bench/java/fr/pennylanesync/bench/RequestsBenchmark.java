package fr.pennylanesync.bench;

import fr.pennylanesync.bench.Benchmarks.Benchmark;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.runtime.SyncRuntime;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.Mutation;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.TruthRecord;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The requests of a first sync, of changed customer invoices and of an idle sync, with every proof of sub-lists and
 * with none, beside the plain plan: one request for each sub-list, the lines of customer invoices among them.
 *
 * <p>{@code -Dbench.records=100000} ledger lines are about 5,000 invoices of each kind and 12,500 transactions.
 */
final class RequestsBenchmark implements Benchmark {

    private static final int RECORDS = Integer.getInteger("bench.records", 100_000);
    private static final int CHANGED = Integer.getInteger("bench.changed", 1_000);
    private static final List<String> LISTS =
            List.of("categories", "customer_invoices", "supplier_invoices", "transactions");
    private static final List<String> CHANGES = List.of("pay_customer_invoice", "pay_customer_invoice_offline",
            "relabel_customer_invoice", "allocate_customer_invoice", "join_appendix", "add_customer_invoice_line");
    private static final List<String> CORE_CHANGES = List.of("relabel_customer_invoice");
    private static final List<String> INVOICES = List.of("customer_invoices", "supplier_invoices");
    private static final String SUB_LISTS_OF_INVOICES = ".*/customer_invoices/\\d+/.*";

    /**
     * What the plain plan costs.
     *
     * @param allocated the share of the invoices that have categories
     */
    private record Plain(long requests, double allocated) {}

    /** What one way of reading costs. */
    private record Cost(long first, double changed, double core, long idle) {}

    @Override
    public BenchmarkReport run() throws Exception {
        BenchmarkReport report = new BenchmarkReport(String.format(Locale.ROOT,
                "Requests for invoices and transactions of %,d ledger lines, with their sub-lists", RECORDS));
        Plain plan = plain();
        long plain = plan.requests();
        Cost none = cost("none");
        Cost proven = cost("filter, unchanged, derived, include");
        report.add(figures("one request for each sub-list", Optional.empty(), plain, plain));
        report.add(figures("without proofs", Optional.of(none), none.first(), plain));
        report.add(figures("with every proof", Optional.of(proven), proven.first(), plain));
        report.conclude(String.format(Locale.ROOT, "first sync, %.0f %% of the invoices with categories: %.3f of the"
                + " plain plan, goal 0.6; a changed customer invoice: %.2f, goal 2.2; only the core changed: %.2f, goal"
                + " 1.1; idle: %d, goal 12", 100 * plan.allocated(), (double) proven.first() / plain, proven.changed(),
                proven.core(), proven.idle()));
        return report;
    }

    /** Starts an API where a third of the invoices of each kind have categories. */
    private static Sandbox sandbox() {
        Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(RECORDS)
                .withRateLimit(RateLimit.OFF));
        long company = sandbox.companies().get(0).id();
        Random random = new Random(3);
        for (String list : INVOICES) {
            String kind = "unallocate_" + list.substring(0, list.length() - 1);
            long surplus = allocated(sandbox, company, list) - sandbox.truth().records(company, list).count() / 3;
            for (long i = 0; i < surplus; i++) {
                sandbox.mutate(company, random, kind);
            }
        }
        return sandbox;
    }

    /** Counts the pages of the lists, and every sub-list. */
    private static Plain plain() {
        StreamCatalog catalog = catalog();
        try (Sandbox sandbox = sandbox()) {
            long company = sandbox.companies().get(0).id();
            long requests = LISTS.stream().mapToLong(list -> {
                long records = sandbox.truth().records(company, list).count();
                return records / 100 + 1 + records * catalog.childrenOf(list).size();
            }).sum();
            return new Plain(requests, allocated(sandbox, company));
        }
    }

    private static double allocated(Sandbox sandbox, long company) {
        long invoices = 0;
        long allocated = 0;
        for (String list : INVOICES) {
            invoices += sandbox.truth().records(company, list).count();
            allocated += allocated(sandbox, company, list);
        }
        return (double) allocated / invoices;
    }

    private static long allocated(Sandbox sandbox, long company, String list) {
        return sandbox.truth().records(company, list + "_categories").map(TruthRecord::parentId).distinct().count();
    }

    private static StreamCatalog catalog() {
        return StreamCatalog.load(Path.of("routes"), Map.of());
    }

    private static Cost cost(String proofs) throws IOException {
        Path home = Files.createTempDirectory("benchmark-home");
        try (Sandbox sandbox = sandbox(); Warehouse warehouse = TestWarehouse.create();
                SyncRuntime runtime = SyncRuntime.start(settings(sandbox, home, proofs), warehouse, catalog())) {
            Supplier<List<LoggedRequest>> sync = () -> {
                sandbox.requests().clear();
                runtime.sync(runtime.companies().active(), LISTS,
                        new SyncRequest(Optional.empty(), false, Duration.ofDays(7), Duration.ofHours(6)));
                return sandbox.requests().all();
            };
            long first = sync.get().size();
            double changed = changed(sandbox, CHANGES, sync);
            double core = changed(sandbox, CORE_CHANGES, sync);
            return new Cost(first, changed, core, sync.get().size());
        }
    }

    /** Returns the requests for sub-lists of customer invoices and for what proves them, by changed invoice. */
    private static double changed(Sandbox sandbox, List<String> kinds, Supplier<List<LoggedRequest>> sync) {
        long company = sandbox.companies().get(0).id();
        Random random = new Random(7);
        Set<Long> invoices = new HashSet<>();
        for (int i = 0; invoices.size() < CHANGED && i < CHANGED * 20; i++) {
            sandbox.mutate(company, random, kinds.get(i % kinds.size())).map(Mutation::touches).orElse(List.of())
                    .stream().filter(touch -> touch.stream().equals("customer_invoices") && touch.announced())
                    .map(Mutation.Touch::recordId).forEach(invoices::add);
        }
        long requests = sync.get().stream().filter(request -> request.path().matches(SUB_LISTS_OF_INVOICES)
                || request.path().endsWith("/customer_invoices") && request.query().contains("category_id")).count();
        return (double) requests / invoices.size();
    }

    private static Settings settings(Sandbox sandbox, Path home, String proofs) {
        sandbox.writeTokens(home);
        Properties properties = new Properties();
        properties.setProperty("pennylane.base-url", sandbox.baseUri().toString());
        properties.setProperty("pennylane.tokens.directory", home.toString());
        properties.setProperty("pennylane.rate.requests", "10000");
        properties.setProperty("archive.directory", home.resolve("archive").toString());
        properties.setProperty("sync.proofs", proofs);
        return SettingsLoader.load(Optional.empty(), Map.of(), properties, text -> text);
    }

    private static Map<String, String> figures(String what, Optional<Cost> cost, long first, long plain) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("what", what);
        figures.put("first sync", String.format(Locale.ROOT, "%,d", first));
        figures.put("of the plain plan", String.format(Locale.ROOT, "%.2f", (double) first / plain));
        figures.put("changed invoice", cost.map(one -> decimal(one.changed())).orElse("-"));
        figures.put("core alone", cost.map(one -> decimal(one.core())).orElse("-"));
        figures.put("idle", cost.map(one -> Long.toString(one.idle())).orElse("-"));
        return figures;
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
