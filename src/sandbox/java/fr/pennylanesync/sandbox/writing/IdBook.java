package fr.pennylanesync.sandbox.writing;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The identifiers of a company. Customer and supplier invoices draw the same ones: an id says nothing without its
 * stream. Some streams start above 2^53, where a double no longer tells neighbours apart.
 */
public final class IdBook {

    private static final long BEYOND_DOUBLE = (1L << 53) + 1;
    private static final Set<String> HUGE_IN_EVEN = Set.of("transactions", "ledger_entries", "customers");
    private static final Set<String> HUGE_IN_ODD = Set.of("invoices", "ledger_entry_lines", "products");

    private final long seed;
    private final int company;
    private final Map<String, IdSequence> streams = new HashMap<>();

    IdBook(long seed, int company) {
        this.seed = seed;
        this.company = company;
    }

    public IdSequence of(String stream) {
        return streams.computeIfAbsent(stream, name -> begin(name, name));
    }

    public IdSequence customerInvoices() {
        return streams.computeIfAbsent("customer_invoices", name -> begin("invoices", name));
    }

    public IdSequence supplierInvoices() {
        return streams.computeIfAbsent("supplier_invoices", name -> begin("invoices", name));
    }

    private IdSequence begin(String family, String stream) {
        SeededRandom random = SeededRandom.of(seed, company, "ids " + family);
        long start = 1_000_000_000L * (company + 1) + random.between(1, 400_000_000);
        boolean huge = (company % 2 == 0 ? HUGE_IN_EVEN : HUGE_IN_ODD).contains(family);
        return new IdSequence(random, huge ? start + BEYOND_DOUBLE : start);
    }
}
