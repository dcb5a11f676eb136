package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.PurchaseLine;
import fr.pennylanesync.sandbox.books.Settlement;
import fr.pennylanesync.sandbox.books.Supplier;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import fr.pennylanesync.sandbox.books.Totals;
import fr.pennylanesync.sandbox.books.VatRate;
import fr.pennylanesync.sandbox.writing.EntryDraft;
import fr.pennylanesync.sandbox.writing.InvoicePostings;
import fr.pennylanesync.sandbox.writing.Posting;
import fr.pennylanesync.sandbox.writing.Words;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What happens to supplier invoices, their payment apart. */
final class PurchaseChanges {

    private PurchaseChanges() {}

    static boolean insert(Pen pen) {
        Supplier supplier = pen.any(Streams.SUPPLIERS);
        LocalDate today = pen.today();
        String number = "FA-" + pen.dice().digits(8);
        List<PurchaseLine> lines = List.of(line(pen, Totals.EURO, BigDecimal.ONE),
                line(pen, Totals.EURO, BigDecimal.ONE));
        Totals totals = totals(Totals.EURO, BigDecimal.ONE, lines);
        SupplierInvoice invoice = new SupplierInvoice(pen.desk().ids().supplierInvoices().next(), pen.created(),
                pen.label("Facture " + supplier.name()), number, today, today.plusDays(30), totals, "complete",
                "to_be_paid", number.toLowerCase() + ".pdf", 0, supplier.id(), pen.dice().uuid().toString(), null, null,
                0, lines, pen.categories(), Settlement.unpaid(totals));
        EntryBook entries = new EntryBook(pen);
        LedgerEntry entry = entries.post(new EntryDraft(today, today, invoice.deadline(), entries.journal(1),
                invoice.label(), null, number, "complete", invoice.fileName(), postings(pen, invoice), id -> {}));
        pen.insert(Streams.SUPPLIER_INVOICES, invoice.booked(entry.id()));
        return true;
    }

    static boolean relabel(Pen pen) {
        return change(pen, invoice -> true, invoice -> pen.update(Streams.SUPPLIER_INVOICES,
                invoice.withLabel(pen.label(pen.dice().pick(Words.EXPENSES)), pen.updated(invoice.stamps()))));
    }

    static boolean allocate(Pen pen) {
        return change(pen, invoice -> true, invoice -> pen.updateBelow(Streams.SUPPLIER_INVOICES,
                invoice.withCategories(pen.categories(), pen.updatedBelow(invoice.stamps()))));
    }

    static boolean archive(Pen pen) {
        return change(pen, invoice -> invoice.archivedMicros() == 0, invoice -> pen.update(Streams.SUPPLIER_INVOICES,
                invoice.archived(pen.nowMicros(), pen.updated(invoice.stamps()))));
    }

    static boolean addLine(Pen pen) {
        return change(pen, invoice -> isOpen(pen, invoice) && invoice.lines().size() < 40, invoice -> {
            List<PurchaseLine> lines = new ArrayList<>(invoice.lines());
            lines.add(line(pen, invoice.totals().currency(), invoice.totals().exchangeRate()));
            relined(pen, invoice, lines);
        });
    }

    static boolean removeLine(Pen pen) {
        return change(pen, invoice -> isOpen(pen, invoice) && invoice.lines().size() > 1, invoice -> {
            List<PurchaseLine> lines = new ArrayList<>(invoice.lines());
            lines.remove(lines.size() - 1);
            relined(pen, invoice, lines);
        });
    }

    /** Removes an unpaid invoice with its entry. */
    static boolean remove(Pen pen) {
        return pen.books().supplierInvoices().size() > 3 && change(pen, invoice -> isOpen(pen, invoice), invoice -> {
            pen.remove(Streams.SUPPLIER_INVOICES, invoice);
            new EntryBook(pen).remove(pen.find(Streams.ENTRIES, invoice.entryId()));
        });
    }

    private static boolean change(Pen pen, Predicate<SupplierInvoice> fits, Consumer<SupplierInvoice> change) {
        Optional<SupplierInvoice> found = pen.pick(Streams.SUPPLIER_INVOICES, fits);
        found.ifPresent(change);
        return found.isPresent();
    }

    private static boolean isOpen(Pen pen, SupplierInvoice invoice) {
        return !invoice.settlement().isStarted() && invoice.archivedMicros() == 0
                && new EntryBook(pen).isFree(pen.find(Streams.ENTRIES, invoice.entryId()));
    }

    private static void relined(Pen pen, SupplierInvoice invoice, List<PurchaseLine> lines) {
        Totals totals = totals(invoice.totals().currency(), invoice.totals().exchangeRate(), lines);
        SupplierInvoice changed = invoice.withLines(totals, List.copyOf(lines), pen.updatedBelow(invoice.stamps()))
                .withSettlement(Settlement.unpaid(totals), invoice.paymentStatus(), pen.updatedBelow(invoice.stamps()));
        pen.updateBelow(Streams.SUPPLIER_INVOICES, changed);
        new EntryBook(pen).rewrite(pen.find(Streams.ENTRIES, invoice.entryId()), postings(pen, changed));
    }

    private static List<Posting> postings(Pen pen, SupplierInvoice invoice) {
        return InvoicePostings.ofPurchase(invoice, Accounts.payable(pen, invoice), 0, new EntryBook(pen)::account);
    }

    private static PurchaseLine line(Pen pen, String currency, BigDecimal rate) {
        VatRate vatRate = currency.equals(Totals.EURO) ? VatRate.FR_200 : VatRate.EXEMPT;
        long beforeTax = pen.dice().between(900, 250_000);
        return new PurchaseLine(pen.nextId("supplier_invoice_lines"), pen.created(),
                pen.label(pen.dice().pick(Words.EXPENSES)), "", vatRate,
                Totals.of(currency, rate, beforeTax, vatRate.taxOn(beforeTax)), null, null, new EntryBook(pen)
                .account("606"));
    }

    private static Totals totals(String currency, BigDecimal rate, List<PurchaseLine> lines) {
        return Totals.of(currency, rate, lines.stream().mapToLong(line -> line.totals().currencyBeforeTax()).sum(),
                lines.stream().mapToLong(line -> line.totals().currencyTax()).sum());
    }
}
