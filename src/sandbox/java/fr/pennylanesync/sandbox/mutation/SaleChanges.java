package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.Appendix;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.InvoiceOrigin;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.Numbering;
import fr.pennylanesync.sandbox.books.Sale;
import fr.pennylanesync.sandbox.books.Settlement;
import fr.pennylanesync.sandbox.books.Totals;
import fr.pennylanesync.sandbox.writing.EntryDraft;
import fr.pennylanesync.sandbox.writing.InvoicePostings;
import fr.pennylanesync.sandbox.writing.SaleOrder;
import fr.pennylanesync.sandbox.writing.SaleWriter;
import fr.pennylanesync.sandbox.writing.Words;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What happens to customer invoices, their payment apart. */
final class SaleChanges {

    private static final int CREDIT_NOTE_PERCENT = 15;

    private SaleChanges() {}

    static boolean insert(BooksEditor editor) {
        boolean credit = editor.dice().chance(CREDIT_NOTE_PERCENT);
        long credited = credit ? editor.pick(Streams.CUSTOMER_INVOICES, invoice -> !invoice.draft())
                .map(CustomerInvoice::id).orElse(0L) : 0;
        CustomerInvoice draft = draft(editor, credit, new InvoiceOrigin(0, credited, 0, 0));
        editor.insert(Streams.CUSTOMER_INVOICES, finalised(editor, draft));
        return true;
    }

    static boolean insertDraft(BooksEditor editor) {
        editor.insert(Streams.CUSTOMER_INVOICES, draft(editor, false, InvoiceOrigin.NONE));
        return true;
    }

    static boolean finalise(BooksEditor editor) {
        return change(editor, CustomerInvoice::draft,
                draft -> editor.update(Streams.CUSTOMER_INVOICES, finalised(editor, draft)));
    }

    static boolean relabel(BooksEditor editor) {
        return change(editor, invoice -> true, invoice -> {
            Sale sale = invoice.sale().withWording(invoice.sale().wording()
                    .withLabel(editor.label(editor.dice().pick(Words.SERVICES))));
            editor.update(Streams.CUSTOMER_INVOICES, invoice.withSale(sale, editor.updated(invoice.stamps())));
        });
    }

    static boolean archive(BooksEditor editor) {
        return change(editor, invoice -> !invoice.draft() && invoice.sale().archivedMicros() == 0,
                invoice -> editor.update(Streams.CUSTOMER_INVOICES,
                        invoice.withSale(invoice.sale().archived(editor.nowMicros()),
                                editor.updated(invoice.stamps()))));
    }

    static boolean allocate(BooksEditor editor) {
        return change(editor, invoice -> true, invoice -> editor.updateBelow(Streams.CUSTOMER_INVOICES,
                invoice.withCategories(editor.categories(), editor.updatedBelow(invoice.stamps()))));
    }

    /** Takes all categories from an invoice that has some. */
    static boolean unallocate(BooksEditor editor) {
        return change(editor, invoice -> !invoice.categories().isEmpty(),
                invoice -> editor.updateBelow(Streams.CUSTOMER_INVOICES,
                        invoice.withCategories(Allocation.NONE, editor.updatedBelow(invoice.stamps()))));
    }

    static boolean join(BooksEditor editor) {
        return change(editor, invoice -> invoice.sale().appendices().size() < 5, invoice -> {
            List<Appendix> appendices = new ArrayList<>(invoice.sale().appendices());
            appendices
                    .add(new Appendix(editor.nextId("appendices"), editor.created(), "annexe-" + editor.dice().digits(4)
                            + ".pdf"));
            editor.updateBelow(Streams.CUSTOMER_INVOICES,
                    invoice.withSale(invoice.sale().withAppendices(List.copyOf(appendices)),
                            editor.updatedBelow(invoice.stamps())));
        });
    }

    static boolean addLine(BooksEditor editor) {
        return change(editor, invoice -> isOpen(editor, invoice) && invoice.sale().lines().size() < 40,
                invoice -> relined(editor, invoice, new LineEditor(editor).added(invoice.sale())));
    }

    static boolean changeLine(BooksEditor editor) {
        return change(editor, invoice -> isOpen(editor, invoice),
                invoice -> relined(editor, invoice, new LineEditor(editor).changed(invoice.sale())));
    }

    static boolean removeLine(BooksEditor editor) {
        return change(editor, invoice -> isOpen(editor, invoice) && invoice.sale().lines().size() > 1,
                invoice -> relined(editor, invoice, new LineEditor(editor).removed(invoice.sale())));
    }

    static boolean removeDraft(BooksEditor editor) {
        return change(editor, CustomerInvoice::draft, draft -> editor.remove(Streams.CUSTOMER_INVOICES, draft));
    }

    private static boolean change(BooksEditor editor, Predicate<CustomerInvoice> fits,
            Consumer<CustomerInvoice> change) {
        Optional<CustomerInvoice> found = editor.pick(Streams.CUSTOMER_INVOICES, fits);
        found.ifPresent(change);
        return found.isPresent();
    }

    /** Whether its lines may still change: nothing paid, nothing archived, nothing lettered. */
    private static boolean isOpen(BooksEditor editor, CustomerInvoice invoice) {
        return !invoice.settlement().isStarted() && invoice.sale().archivedMicros() == 0 && !invoice.sale().discount()
                .relative()
                && (invoice.draft() || new EntryBook(editor).isFree(editor.find(Streams.ENTRIES, invoice.entryId())));
    }

    private static void relined(BooksEditor editor, CustomerInvoice invoice, Sale sale) {
        CustomerInvoice changed = invoice.withSale(sale, editor.updatedBelow(invoice.stamps()))
                .withSettlement(Settlement.unpaid(sale.totals()), editor.updatedBelow(invoice.stamps()));
        editor.updateBelow(Streams.CUSTOMER_INVOICES, changed);
        if (!invoice.draft()) {
            EntryBook entries = new EntryBook(editor);
            entries.rewrite(editor.find(Streams.ENTRIES, invoice.entryId()),
                    InvoicePostings.ofSale(sale, Accounts.receivable(editor, invoice), 0, entries::account));
        }
    }

    private static CustomerInvoice draft(BooksEditor editor, boolean credit, InvoiceOrigin origin) {
        SaleOrder order =
                new SaleOrder("", null, editor.created(), Totals.EURO, BigDecimal.ONE, 1 + editor.dice().below(4),
                        editor.any(Streams.CUSTOMERS).id(), credit, false, 0);
        Sale sale = new SaleWriter(editor.desk(), editor.books(), editor.dice()).write(order);
        return new CustomerInvoice(editor.desk().ids().customerInvoices().next(), editor.created(), sale, true, 0,
                origin,
                null, null, List.of(), editor.categories(), Settlement.unpaid(sale.totals()));
    }

    /** Numbers and dates a draft, and books it. */
    private static CustomerInvoice finalised(BooksEditor editor, CustomerInvoice draft) {
        LocalDate today = editor.today();
        String number = String.format(Locale.ROOT, "%s%d-%06d", draft.isCreditNote() ? "AV" : "F", today.getYear(),
                nextNumber(editor));
        Sale sale = draft.sale().numbered(number, today, today.plusDays(30));
        EntryBook entries = new EntryBook(editor);
        LedgerEntry entry = entries.post(new EntryDraft(today, today, sale.deadline(), entries.journal(0),
                sale.wording().label(), number, number, "complete", number + ".pdf",
                InvoicePostings.ofSale(sale, Accounts.receivable(editor, draft), 0, entries::account), id -> {}));
        return draft.finalised(sale, entry.id(), editor.updated(draft.stamps()));
    }

    private static long nextNumber(BooksEditor editor) {
        Numbering numbering =
                editor.books().numberings().rows().stream().filter(known -> known.kind().equals("invoice"))
                        .findFirst().orElseThrow();
        editor.update(Streams.NUMBERINGS, numbering.withNext(numbering.next() + 1));
        return numbering.next();
    }
}
