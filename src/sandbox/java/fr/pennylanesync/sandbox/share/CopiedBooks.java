package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.BankAccount;
import fr.pennylanesync.sandbox.books.BankEstablishment;
import fr.pennylanesync.sandbox.books.BankTransaction;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Category;
import fr.pennylanesync.sandbox.books.CategoryGroup;
import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.FiscalYear;
import fr.pennylanesync.sandbox.books.Journal;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.LedgerLine;
import fr.pennylanesync.sandbox.books.Profile;
import fr.pennylanesync.sandbox.books.Row;
import fr.pennylanesync.sandbox.books.Supplier;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import fr.pennylanesync.sandbox.books.Table;
import java.util.List;
import java.util.Optional;

/**
 * What is shared of one company, as it was at one moment. The rows are the books' own, which never change: only the
 * lists of them are copied. Each list ascends by id.
 *
 * @param changes the number of changes that the books had seen
 */
record CopiedBooks(Profile profile, long changes, List<Customer> customers, List<Supplier> suppliers,
        List<CustomerInvoice> customerInvoices, List<SupplierInvoice> supplierInvoices,
        List<BankTransaction> transactions, List<BankAccount> bankAccounts, List<BankEstablishment> establishments,
        List<Journal> journals, List<LedgerAccount> accounts, List<LedgerEntry> entries, List<LedgerLine> lines,
        List<FiscalYear> years, List<Category> categories, List<CategoryGroup> groups) {

    static CopiedBooks of(Books books) {
        return books.read(() -> new CopiedBooks(books.profile(), books.changes(), copy(books.customers()),
                copy(books.suppliers()), copy(books.customerInvoices()), copy(books.supplierInvoices()),
                copy(books.transactions()), copy(books.bankAccounts()), copy(books.bankEstablishments()),
                copy(books.journals()), copy(books.ledgerAccounts()), copy(books.ledgerEntries()),
                copy(books.ledgerLines()), copy(books.fiscalYears()), copy(books.categories()),
                copy(books.categoryGroups())));
    }

    long companyId() {
        return profile.id();
    }

    String companyName() {
        return profile.name();
    }

    /** The row with an id, of a list that ascends by id. */
    static <R extends Row> Optional<R> find(List<R> rows, long id) {
        int low = 0;
        int high = rows.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            R row = rows.get(middle);
            if (row.id() == id) {
                return Optional.of(row);
            }
            if (row.id() < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    private static <R extends Row> List<R> copy(Table<R> table) {
        return List.copyOf(table.rows());
    }
}
