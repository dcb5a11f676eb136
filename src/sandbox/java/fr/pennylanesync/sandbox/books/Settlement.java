package fr.pennylanesync.sandbox.books;

import java.util.List;

/** What has been paid of an invoice: amounts still due in cents of its currency, payments, and matched transactions. */
public record Settlement(long remainingWithTax, long remainingWithoutTax, List<Payment> payments,
        List<Long> transactionIds) {

    public static Settlement unpaid(Totals totals) {
        return new Settlement(totals.currencyAmount(), totals.currencyBeforeTax(), List.of(), List.of());
    }

    public boolean isPaid() {
        return remainingWithTax == 0;
    }

    public boolean isStarted() {
        return !payments.isEmpty() || !transactionIds.isEmpty();
    }
}
