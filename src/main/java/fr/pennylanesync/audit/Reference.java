package fr.pennylanesync.audit;

import java.util.List;

/** A column whose ids name records of another stream. */
record Reference(String stream, String column, String target) {

    static final String LINES = "ledger_entry_lines";
    static final String ENTRIES = "ledger_entries";
    /** Records that cannot be without the record that the column names. */
    static final List<Reference> BINDING = List.of(
            new Reference(LINES, "ledger_entry_id", ENTRIES),
            new Reference(LINES, "journal_id", "journals"),
            new Reference(LINES, "ledger_account_id", "ledger_accounts"),
            new Reference(ENTRIES, "journal_id", "journals"),
            new Reference("customer_invoices", "customer_id", "customers"),
            new Reference("customer_invoices", "ledger_entry_id", ENTRIES),
            new Reference("supplier_invoices", "supplier_id", "suppliers"),
            new Reference("supplier_invoices", "ledger_entry_id", ENTRIES),
            new Reference("quotes", "customer_id", "customers"),
            new Reference("commercial_documents", "customer_id", "customers"),
            new Reference("billing_subscriptions", "customer_id", "customers"),
            new Reference("transactions", "bank_account_id", "bank_accounts"));
    /** Records that may be without the record that the column names, but seldom are: a list may have been cut. */
    static final List<Reference> USUAL = List.of(
            new Reference("customer_invoices", "quote_id", "quotes"),
            new Reference("customer_invoices", "credited_invoice_id", "customer_invoices"),
            new Reference("customer_invoices", "billing_subscription_id", "billing_subscriptions"),
            new Reference("commercial_documents", "quote_id", "quotes"),
            new Reference("transactions", "customer_id", "customers"),
            new Reference("transactions", "supplier_id", "suppliers"),
            new Reference("sepa_mandates", "customer_id", "customers"),
            new Reference("gocardless_mandates", "customer_id", "customers"),
            new Reference("purchase_requests", "supplier_id", "suppliers"),
            new Reference("customers", "ledger_account_id", "ledger_accounts"),
            new Reference("suppliers", "ledger_account_id", "ledger_accounts"),
            new Reference("products", "ledger_account_id", "ledger_accounts"),
            new Reference("customer_invoices_invoice_lines", "product_id", "products"),
            new Reference("quotes_invoice_lines", "product_id", "products"),
            new Reference("commercial_documents_invoice_lines", "product_id", "products"),
            new Reference("billing_subscriptions_invoice_lines", "product_id", "products"),
            new Reference("customer_invoices_matched_transactions", "id", "transactions"),
            new Reference("supplier_invoices_matched_transactions", "id", "transactions"));
}
