package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.Supplier;
import fr.pennylanesync.sandbox.books.SupplierInvoice;

/** The accounts that third parties are booked on. */
final class Accounts {

    private Accounts() {}

    static long receivable(Pen pen, CustomerInvoice invoice) {
        long own = pen.books().customers().find(invoice.sale().customerId()).map(Customer::ledgerAccountId).orElse(0L);
        return own == 0 ? new EntryBook(pen).account("411") : own;
    }

    static long payable(Pen pen, SupplierInvoice invoice) {
        return pen.books().suppliers().find(invoice.supplierId()).map(Supplier::ledgerAccountId)
                .orElseGet(() -> new EntryBook(pen).account("401"));
    }

    /** Opens an account under a root and returns its id. */
    static long open(Pen pen, String root, String label, boolean letterable) {
        long id = pen.nextId("ledger_accounts");
        String number = root + "%07d".formatted(pen.books().ledgerAccounts().size());
        pen.insert(Streams.LEDGER_ACCOUNTS, new LedgerAccount(id, pen.created(), number, root, label, "any", true,
                letterable ? "third_party" : "custom", letterable));
        return id;
    }
}
