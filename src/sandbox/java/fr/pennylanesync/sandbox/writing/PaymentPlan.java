package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import fr.pennylanesync.sandbox.books.Totals;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which transactions settle which invoices: most at once, some in two payments, some in part, some two invoices
 * by one transfer, some not at all.
 */
final class PaymentPlan {

    /** One transaction to come. */
    record PaymentStep(LocalDate date, List<InvoiceShare> shares) {}

    private final SeededRandom random;
    private final BooksPeriod period;
    private final List<PaymentStep> steps = new ArrayList<>();

    private PaymentPlan(GeneratorContext context) {
        this.random = context.dice("payments");
        this.period = context.almanac();
    }

    static List<PaymentStep> of(GeneratorContext context, InvoiceDrafts invoices) {
        PaymentPlan plan = new PaymentPlan(context);
        plan.planSales(invoices.sales());
        plan.planPurchases(invoices.purchases());
        return plan.steps;
    }

    private void planSales(List<CustomerInvoice> sales) {
        for (int i = 0; i < sales.size(); i++) {
            if (!isPayable(sales.get(i))) {
                continue;
            }
            boolean together = i + 1 < sales.size() && isPayable(sales.get(i + 1))
                    && sameCustomer(sales.get(i), sales.get(i + 1));
            if (together) {
                steps.add(new PaymentStep(paidOn(sales.get(i + 1).sale().date()),
                        List.of(whole(true, i, sales.get(i).sale().totals()),
                                whole(true, i + 1, sales.get(i + 1).sale().totals()))));
                i++;
            } else {
                planOne(true, i, sales.get(i).sale().totals(), sales.get(i).sale().date());
            }
        }
    }

    private void planPurchases(List<SupplierInvoice> purchases) {
        for (int i = 0; i < purchases.size(); i++) {
            SupplierInvoice invoice = purchases.get(i);
            if (invoice.archivedMicros() == 0) {
                planOne(false, i, invoice.totals(), invoice.date());
            }
        }
    }

    private void planOne(boolean customer, int index, Totals totals, LocalDate date) {
        int habit = index % 7;
        if (habit == 6) {
            return;
        }
        if (habit != 3 && habit != 5) {
            steps.add(new PaymentStep(paidOn(date), List.of(whole(customer, index, totals))));
            return;
        }
        InvoiceShare whole = whole(customer, index, totals);
        InvoiceShare half = new InvoiceShare(customer, index, whole.currencyCents() / 2, whole.euroCents() / 2);
        steps.add(new PaymentStep(paidOn(date), List.of(half)));
        if (habit == 5) {
            steps.add(new PaymentStep(paidOn(date.plusDays(20)), List.of(new InvoiceShare(customer, index,
                    whole.currencyCents() - half.currencyCents(), whole.euroCents() - half.euroCents()))));
        }
    }

    private static InvoiceShare whole(boolean customer, int index, Totals totals) {
        return new InvoiceShare(customer, index, totals.currencyAmount(), totals.amount());
    }

    private static boolean isPayable(CustomerInvoice invoice) {
        return !invoice.draft() && !invoice.isCreditNote() && invoice.sale().archivedMicros() == 0;
    }

    private static boolean sameCustomer(CustomerInvoice one, CustomerInvoice other) {
        return one.sale().customerId() == other.sale().customerId()
                && one.sale().totals().currency().equals(other.sale().totals().currency());
    }

    private LocalDate paidOn(LocalDate date) {
        return period.clamp(date.plusDays(random.between(3, 40)));
    }
}
