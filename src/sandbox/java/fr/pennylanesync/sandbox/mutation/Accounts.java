package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.Supplier;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import java.util.Locale;

/** The accounts that third parties are booked on. */
final class Accounts {

    private Accounts() {}

    static long receivable(BooksEditor editor, CustomerInvoice invoice) {
        long own =
                editor.books().customers().find(invoice.sale().customerId()).map(Customer::ledgerAccountId).orElse(0L);
        return own == 0 ? new EntryBook(editor).account("411") : own;
    }

    static long payable(BooksEditor editor, SupplierInvoice invoice) {
        return editor.books().suppliers().find(invoice.supplierId()).map(Supplier::ledgerAccountId)
                .orElseGet(() -> new EntryBook(editor).account("401"));
    }

    /** Opens an account under a root and returns its id. */
    static long open(BooksEditor editor, String root, String label, boolean letterable) {
        long id = editor.nextId("ledger_accounts");
        String number = root + String.format(Locale.ROOT, "%07d", editor.books().ledgerAccounts().size());
        editor.insert(Streams.LEDGER_ACCOUNTS, new LedgerAccount(id, editor.created(), number, root, label, "any", true,
                letterable ? "third_party" : "custom", letterable));
        return id;
    }
}
