package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.Settlement;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import java.util.ArrayList;
import java.util.List;

/** Turns invoices and bank movements into balanced entries. */
final class InvoicePoster {

    private final Books books;
    private final Chart chart;
    private final InvoiceDrafts invoices;

    InvoicePoster(Books books, Chart chart, InvoiceDrafts invoices) {
        this.books = books;
        this.chart = chart;
        this.invoices = invoices;
    }

    EntryDraft sale(int index) {
        CustomerInvoice invoice = invoices.sales().get(index);
        List<Posting> postings = InvoicePostings.ofSale(invoice.sale(), receivable(invoice), letterKey(true, index),
                chart::account);
        return new EntryDraft(invoice.sale().date(), invoice.sale().date(), invoice.sale().deadline(), books.journals()
                .get(0).id(), invoice.sale().wording().label(), invoice.sale().number(), invoice.sale().number(),
                index % 6 == 5 ? "validation_needed" : "complete", invoice.sale().number() + ".pdf", postings,
                entry -> invoices.sales().set(index, invoices.sales().get(index).booked(entry)));
    }

    EntryDraft purchase(int index) {
        SupplierInvoice invoice = invoices.purchases().get(index);
        List<Posting> postings = InvoicePostings.ofPurchase(invoice, payable(invoice), letterKey(false, index),
                chart::account);
        return new EntryDraft(invoice.date(), invoice.date(), invoice.deadline(), books.journals().get(1).id(),
                invoice.label(), null, invoice.number(), invoice.accountingStatus(), invoice.fileName(), postings,
                entry -> invoices.purchases().set(index, invoices.purchases().get(index).booked(entry)));
    }

    EntryDraft movement(BankMovement movement) {
        var transaction = movement.transaction();
        boolean pro = transaction.journalId() == books.journals().get(3).id();
        List<Posting> postings = new ArrayList<>();
        postings.add(Posting.of(chart.account(pro ? "512002" : "512001"), transaction.amount()));
        for (InvoiceShare share : movement.shares()) {
            postings.add(share.customer()
                    ? Posting.lettered(receivable(invoices.sales().get(share.index())), -share.euroCents(),
                            letterKey(true, share.index()))
                    : Posting.lettered(payable(invoices.purchases().get(share.index())), share.euroCents(),
                            letterKey(false, share.index())));
        }
        if (movement.counterAccount() != null) {
            postings.add(Posting.of(chart.account(movement.counterAccount()), -transaction.amount()
                    - transaction.fee()));
        }
        if (transaction.fee() != 0) {
            postings.add(Posting.of(chart.account("627"), transaction.fee()));
        }
        return EntryDraft.sundry(transaction.date(), transaction.journalId(), transaction.label(), null, postings);
    }

    /** Only the lines of an invoice that transactions paid in full are lettered. */
    private long letterKey(boolean customer, int index) {
        Settlement settlement = customer ? invoices.sales().get(index).settlement()
                : invoices.purchases().get(index)
                        .settlement();
        boolean settled = settlement.isPaid() && !settlement.transactionIds().isEmpty();
        return settled ? 2L * index + (customer ? 1 : 2) : 0;
    }

    private long receivable(CustomerInvoice invoice) {
        long account = books.customers().find(invoice.sale().customerId()).orElseThrow().ledgerAccountId();
        return account == 0 ? chart.account("411") : account;
    }

    private long payable(SupplierInvoice invoice) {
        return books.suppliers().find(invoice.supplierId()).orElseThrow().ledgerAccountId();
    }
}
