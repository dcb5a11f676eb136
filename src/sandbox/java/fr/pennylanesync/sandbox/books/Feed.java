package fr.pennylanesync.sandbox.books;

import java.util.Locale;

/** The change feeds of the API. */
public enum Feed {
    CUSTOMER_INVOICES, SUPPLIER_INVOICES, CUSTOMERS, SUPPLIERS, PRODUCTS, TRANSACTIONS, QUOTES, LEDGER_ENTRY_LINES,
    LEDGER_ENTRIES_CATEGORIES, LEDGER_ENTRY_LINES_CATEGORIES;

    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String scopeDomain() {
        return name().startsWith("LEDGER") ? "ledger_entries" : path();
    }

    public boolean isOfCategories() {
        return this == LEDGER_ENTRIES_CATEGORIES || this == LEDGER_ENTRY_LINES_CATEGORIES;
    }
}
