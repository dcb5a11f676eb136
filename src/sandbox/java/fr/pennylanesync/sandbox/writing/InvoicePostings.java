package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Sale;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import fr.pennylanesync.sandbox.books.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** How invoices are booked: the third party first, then what was sold or bought, then the tax. */
public final class InvoicePostings {

    private InvoicePostings() {}

    /** @param account finds an account of the chart by its number */
    public static List<Posting> ofSale(Sale sale, long receivable, long letterKey, ToLongFunction<String> account) {
        Totals totals = sale.totals();
        List<Posting> postings = new ArrayList<>();
        postings.add(Posting.lettered(receivable, totals.amount(), letterKey));
        long goods = sale.lines().size() > 1 ? totals.amountBeforeTax() * 3 / 5 : 0;
        if (goods != 0) {
            postings.add(Posting.of(account.applyAsLong("707"), -goods));
        }
        postings.add(Posting.of(account.applyAsLong("706"), goods - totals.amountBeforeTax()));
        if (totals.tax() != 0) {
            postings.add(Posting.of(account.applyAsLong("44571"), -totals.tax()));
        }
        return postings;
    }

    /** @param account finds an account of the chart by its number */
    public static List<Posting> ofPurchase(SupplierInvoice invoice, long payable, long letterKey,
            ToLongFunction<String> account) {
        Totals totals = invoice.totals();
        List<Posting> postings = new ArrayList<>();
        postings.add(Posting.lettered(payable, -totals.amount(), letterKey));
        long expense = invoice.lines().get(0).ledgerAccountId();
        postings.add(Posting.of(expense == 0 ? account.applyAsLong("471") : expense, totals.amountBeforeTax()));
        if (totals.tax() != 0) {
            postings.add(Posting.of(account.applyAsLong("44566"), totals.tax()));
        }
        return postings;
    }
}
