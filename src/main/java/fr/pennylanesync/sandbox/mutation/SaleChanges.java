package fr.pennylanesync.sandbox.mutation;

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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What happens to customer invoices, their payment apart. */
final class SaleChanges {

    private static final int CREDIT_NOTE_PERCENT = 15;

    private SaleChanges() {}

    static boolean insert(Pen pen) {
        boolean credit = pen.dice().chance(CREDIT_NOTE_PERCENT);
        long credited = credit ? pen.pick(Streams.CUSTOMER_INVOICES, invoice -> !invoice.draft())
                .map(CustomerInvoice::id).orElse(0L) : 0;
        CustomerInvoice draft = draft(pen, credit, new InvoiceOrigin(0, credited, 0, 0));
        pen.insert(Streams.CUSTOMER_INVOICES, finalised(pen, draft));
        return true;
    }

    static boolean insertDraft(Pen pen) {
        pen.insert(Streams.CUSTOMER_INVOICES, draft(pen, false, InvoiceOrigin.NONE));
        return true;
    }

    static boolean finalise(Pen pen) {
        return change(pen, CustomerInvoice::draft, draft ->
                pen.update(Streams.CUSTOMER_INVOICES, finalised(pen, draft)));
    }

    static boolean relabel(Pen pen) {
        return change(pen, invoice -> true, invoice -> {
            Sale sale = invoice.sale().withWording(invoice.sale().wording()
                    .withLabel(pen.label(pen.dice().pick(Words.SERVICES))));
            pen.update(Streams.CUSTOMER_INVOICES, invoice.withSale(sale, pen.updated(invoice.stamps())));
        });
    }

    static boolean archive(Pen pen) {
        return change(pen, invoice -> !invoice.draft() && invoice.sale().archivedMicros() == 0, invoice ->
                pen.update(Streams.CUSTOMER_INVOICES, invoice.withSale(invoice.sale().archived(pen.nowMicros()),
                        pen.updated(invoice.stamps()))));
    }

    static boolean allocate(Pen pen) {
        return change(pen, invoice -> true, invoice -> pen.updateBelow(Streams.CUSTOMER_INVOICES,
                invoice.withCategories(pen.categories(), pen.updatedBelow(invoice.stamps()))));
    }

    static boolean join(Pen pen) {
        return change(pen, invoice -> invoice.sale().appendices().size() < 5, invoice -> {
            List<Appendix> appendices = new ArrayList<>(invoice.sale().appendices());
            appendices.add(new Appendix(pen.nextId("appendices"), pen.created(), "annexe-" + pen.dice().digits(4)
                    + ".pdf"));
            pen.updateBelow(Streams.CUSTOMER_INVOICES,
                    invoice.withSale(invoice.sale().withAppendices(List.copyOf(appendices)),
                    pen.updatedBelow(invoice.stamps())));
        });
    }

    static boolean addLine(Pen pen) {
        return change(pen, invoice -> isOpen(pen, invoice) && invoice.sale().lines().size() < 40,
                invoice -> relined(pen, invoice, new LineEditor(pen).added(invoice.sale())));
    }

    static boolean changeLine(Pen pen) {
        return change(pen, invoice -> isOpen(pen, invoice), invoice ->
                relined(pen, invoice, new LineEditor(pen).changed(invoice.sale())));
    }

    static boolean removeLine(Pen pen) {
        return change(pen, invoice -> isOpen(pen, invoice) && invoice.sale().lines().size() > 1,
                invoice -> relined(pen, invoice, new LineEditor(pen).removed(invoice.sale())));
    }

    static boolean removeDraft(Pen pen) {
        return change(pen, CustomerInvoice::draft, draft -> pen.remove(Streams.CUSTOMER_INVOICES, draft));
    }

    private static boolean change(Pen pen, Predicate<CustomerInvoice> fits,
            Consumer<CustomerInvoice> change) {
        Optional<CustomerInvoice> found = pen.pick(Streams.CUSTOMER_INVOICES, fits);
        found.ifPresent(change);
        return found.isPresent();
    }

    /** Whether its lines may still change: nothing paid, nothing archived, nothing lettered. */
    private static boolean isOpen(Pen pen, CustomerInvoice invoice) {
        return !invoice.settlement().isStarted() && invoice.sale().archivedMicros() == 0 && !invoice.sale().discount()
                .relative()
                && (invoice.draft() || new EntryBook(pen).isFree(pen.find(Streams.ENTRIES, invoice.entryId())));
    }

    private static void relined(Pen pen, CustomerInvoice invoice, Sale sale) {
        CustomerInvoice changed = invoice.withSale(sale, pen.updatedBelow(invoice.stamps()))
                .withSettlement(Settlement.unpaid(sale.totals()), pen.updatedBelow(invoice.stamps()));
        pen.updateBelow(Streams.CUSTOMER_INVOICES, changed);
        if (!invoice.draft()) {
            EntryBook entries = new EntryBook(pen);
            entries.rewrite(pen.find(Streams.ENTRIES, invoice.entryId()),
                    InvoicePostings.ofSale(sale, Accounts.receivable(pen, invoice), 0, entries::account));
        }
    }

    private static CustomerInvoice draft(Pen pen, boolean credit, InvoiceOrigin origin) {
        SaleOrder order = new SaleOrder("", null, pen.created(), Totals.EURO, BigDecimal.ONE, 1 + pen.dice().below(4),
                pen.any(Streams.CUSTOMERS).id(), credit, false, 0);
        Sale sale = new SaleWriter(pen.desk(), pen.books(), pen.dice()).write(order);
        return new CustomerInvoice(pen.desk().ids().customerInvoices().next(), pen.created(), sale, true, 0, origin,
                null, null, List.of(), pen.categories(), Settlement.unpaid(sale.totals()));
    }

    /** Numbers and dates a draft, and books it. */
    private static CustomerInvoice finalised(Pen pen, CustomerInvoice draft) {
        LocalDate today = pen.today();
        String number = "%s%d-%06d".formatted(draft.isCreditNote() ? "AV" : "F", today.getYear(), nextNumber(pen));
        Sale sale = draft.sale().numbered(number, today, today.plusDays(30));
        EntryBook entries = new EntryBook(pen);
        LedgerEntry entry = entries.post(new EntryDraft(today, today, sale.deadline(), entries.journal(0),
                sale.wording().label(), number, number, "complete", number + ".pdf",
                InvoicePostings.ofSale(sale, Accounts.receivable(pen, draft), 0, entries::account), id -> {}));
        return draft.finalised(sale, entry.id(), pen.updated(draft.stamps()));
    }

    private static long nextNumber(Pen pen) {
        Numbering numbering = pen.books().numberings().rows().stream().filter(known -> known.kind().equals("invoice"))
                .findFirst().orElseThrow();
        pen.update(Streams.NUMBERINGS, numbering.withNext(numbering.next() + 1));
        return numbering.next();
    }
}
