package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.BankTransaction;
import fr.pennylanesync.sandbox.books.MatchedInvoice;
import fr.pennylanesync.sandbox.books.Payment;
import fr.pennylanesync.sandbox.books.Settlement;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.Totals;
import java.util.ArrayList;
import java.util.List;

/** Applies payments to the invoice drafts. */
final class Settler {

    private final GeneratorContext context;
    private final InvoiceDrafts invoices;

    Settler(GeneratorContext context, InvoiceDrafts invoices) {
        this.context = context;
        this.invoices = invoices;
    }

    void settle(InvoiceShare share, BankTransaction transaction) {
        if (share.customer()) {
            var invoice = invoices.sales().get(share.index());
            invoices.sales().set(share.index(), invoice.settled(
                    after(invoice.settlement(), invoice.sale().totals(), share, transaction, "customer_payments"),
                    transaction.stamps().createdMicros()));
            return;
        }
        var invoice = invoices.purchases().get(share.index());
        Settlement settlement = after(invoice.settlement(), invoice.totals(), share, transaction, "supplier_payments");
        invoices.purchases().set(share.index(), invoice.settled(settlement, settlement.isPaid() ? "fully_paid"
                : "partially_paid", transaction.stamps().createdMicros()));
    }

    MatchedInvoice matched(InvoiceShare share) {
        return new MatchedInvoice(share.customer() ? invoices.sales().get(share.index()).id()
                : invoices.purchases()
                        .get(share.index()).id(),
                share.customer());
    }

    String number(InvoiceShare share) {
        return share.customer() ? invoices.sales().get(share.index()).sale().number()
                : invoices.purchases()
                        .get(share.index()).number();
    }

    String currency(InvoiceShare share) {
        return share.customer() ? invoices.sales().get(share.index()).sale().totals().currency()
                : invoices.purchases().get(share.index()).totals().currency();
    }

    private Settlement after(Settlement before, Totals totals, InvoiceShare share, BankTransaction transaction,
            String stream) {
        long due = before.remainingWithTax() - share.currencyCents();
        long dueBeforeTax = due == 0 ? 0 : totals.currencyBeforeTax() * due / totals.currencyAmount();
        Stamps stamps = new Stamps(transaction.stamps().createdMicros(), transaction.stamps().createdMicros());
        List<Payment> payments = new ArrayList<>(before.payments());
        payments.add(new Payment(context.ids().of(stream).next(), stamps, context.prose().label("Virement"),
                totals.currency(), share.currencyCents(), "found"));
        List<Long> transactions = new ArrayList<>(before.transactionIds());
        transactions.add(transaction.id());
        return new Settlement(due, dueBeforeTax, List.copyOf(payments), List.copyOf(transactions));
    }
}
