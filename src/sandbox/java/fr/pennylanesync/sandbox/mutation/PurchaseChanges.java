package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Allocation;
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
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What happens to supplier invoices, their payment apart. */
final class PurchaseChanges {

    private PurchaseChanges() {}

    static boolean insert(BooksEditor editor) {
        Supplier supplier = editor.any(Streams.SUPPLIERS);
        LocalDate today = editor.today();
        String number = "FA-" + editor.dice().digits(8);
        List<PurchaseLine> lines = List.of(line(editor, Totals.EURO, BigDecimal.ONE),
                line(editor, Totals.EURO, BigDecimal.ONE));
        Totals totals = totals(Totals.EURO, BigDecimal.ONE, lines);
        SupplierInvoice invoice = new SupplierInvoice(editor.desk().ids().supplierInvoices().next(), editor.created(),
                editor.label("Facture " + supplier.name()), number, today, today.plusDays(30), totals, "complete",
                "to_be_paid", number.toLowerCase(Locale.ROOT) + ".pdf", 0, supplier.id(),
                editor.dice().uuid().toString(), null,
                null,
                0, lines, editor.categories(), Settlement.unpaid(totals));
        EntryBook entries = new EntryBook(editor);
        LedgerEntry entry = entries.post(new EntryDraft(today, today, invoice.deadline(), entries.journal(1),
                invoice.label(), null, number, "complete", invoice.fileName(), postings(editor, invoice), id -> {}));
        editor.insert(Streams.SUPPLIER_INVOICES, invoice.booked(entry.id()));
        return true;
    }

    static boolean relabel(BooksEditor editor) {
        return change(editor, invoice -> true, invoice -> editor.update(Streams.SUPPLIER_INVOICES,
                invoice.withLabel(editor.label(editor.dice().pick(Words.EXPENSES)), editor.updated(invoice.stamps()))));
    }

    static boolean allocate(BooksEditor editor) {
        return change(editor, invoice -> true, invoice -> editor.updateBelow(Streams.SUPPLIER_INVOICES,
                invoice.withCategories(editor.categories(), editor.updatedBelow(invoice.stamps()))));
    }

    /** Takes all categories from an invoice that has some. */
    static boolean unallocate(BooksEditor editor) {
        return change(editor, invoice -> !invoice.categories().isEmpty(),
                invoice -> editor.updateBelow(Streams.SUPPLIER_INVOICES,
                        invoice.withCategories(Allocation.NONE, editor.updatedBelow(invoice.stamps()))));
    }

    static boolean archive(BooksEditor editor) {
        return change(editor, invoice -> invoice.archivedMicros() == 0,
                invoice -> editor.update(Streams.SUPPLIER_INVOICES,
                        invoice.archived(editor.nowMicros(), editor.updated(invoice.stamps()))));
    }

    static boolean addLine(BooksEditor editor) {
        return change(editor, invoice -> isOpen(editor, invoice) && invoice.lines().size() < 40, invoice -> {
            List<PurchaseLine> lines = new ArrayList<>(invoice.lines());
            lines.add(line(editor, invoice.totals().currency(), invoice.totals().exchangeRate()));
            relined(editor, invoice, lines);
        });
    }

    static boolean removeLine(BooksEditor editor) {
        return change(editor, invoice -> isOpen(editor, invoice) && invoice.lines().size() > 1, invoice -> {
            List<PurchaseLine> lines = new ArrayList<>(invoice.lines());
            lines.remove(lines.size() - 1);
            relined(editor, invoice, lines);
        });
    }

    /** Removes an unpaid invoice with its entry. */
    static boolean remove(BooksEditor editor) {
        return editor.books().supplierInvoices().size() > 3
                && change(editor, invoice -> isOpen(editor, invoice), invoice -> {
                    editor.remove(Streams.SUPPLIER_INVOICES, invoice);
                    new EntryBook(editor).remove(editor.find(Streams.ENTRIES, invoice.entryId()));
                });
    }

    private static boolean change(BooksEditor editor, Predicate<SupplierInvoice> fits,
            Consumer<SupplierInvoice> change) {
        Optional<SupplierInvoice> found = editor.pick(Streams.SUPPLIER_INVOICES, fits);
        found.ifPresent(change);
        return found.isPresent();
    }

    private static boolean isOpen(BooksEditor editor, SupplierInvoice invoice) {
        return !invoice.settlement().isStarted() && invoice.archivedMicros() == 0
                && new EntryBook(editor).isFree(editor.find(Streams.ENTRIES, invoice.entryId()));
    }

    private static void relined(BooksEditor editor, SupplierInvoice invoice, List<PurchaseLine> lines) {
        Totals totals = totals(invoice.totals().currency(), invoice.totals().exchangeRate(), lines);
        SupplierInvoice changed = invoice.withLines(totals, List.copyOf(lines), editor.updatedBelow(invoice.stamps()))
                .withSettlement(Settlement.unpaid(totals), invoice.paymentStatus(),
                        editor.updatedBelow(invoice.stamps()));
        editor.updateBelow(Streams.SUPPLIER_INVOICES, changed);
        new EntryBook(editor).rewrite(editor.find(Streams.ENTRIES, invoice.entryId()), postings(editor, changed));
    }

    private static List<Posting> postings(BooksEditor editor, SupplierInvoice invoice) {
        return InvoicePostings.ofPurchase(invoice, Accounts.payable(editor, invoice), 0,
                new EntryBook(editor)::account);
    }

    private static PurchaseLine line(BooksEditor editor, String currency, BigDecimal rate) {
        VatRate vatRate = currency.equals(Totals.EURO) ? VatRate.FR_200 : VatRate.EXEMPT;
        long beforeTax = editor.dice().between(900, 250_000);
        return new PurchaseLine(editor.nextId("supplier_invoice_lines"), editor.created(),
                editor.label(editor.dice().pick(Words.EXPENSES)), "", vatRate,
                Totals.of(currency, rate, beforeTax, vatRate.taxOn(beforeTax)), null, null, new EntryBook(editor)
                        .account("606"));
    }

    private static Totals totals(String currency, BigDecimal rate, List<PurchaseLine> lines) {
        return Totals.of(currency, rate, lines.stream().mapToLong(line -> line.totals().currencyBeforeTax()).sum(),
                lines.stream().mapToLong(line -> line.totals().currencyTax()).sum());
    }
}
