package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.LedgerLine;
import fr.pennylanesync.sandbox.books.Stamps;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the ledger: balanced entries of every document and movement, then sundry ones up to the wanted number of
 * lines.
 */
final class LedgerWriter {

    private final GeneratorContext context;
    private final Books books;
    private final SeededRandom random;
    private final List<EntryDraft> drafts = new ArrayList<>();
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final List<LedgerLine> lines = new ArrayList<>();
    private final Map<Long, List<Integer>> letterings = new HashMap<>();

    private LedgerWriter(GeneratorContext context, Books books) {
        this.context = context;
        this.books = books;
        this.random = context.dice("ledger");
    }

    static void write(GeneratorContext context, Books books, Chart chart, InvoiceDrafts invoices,
            List<BankMovement> movements) {
        LedgerWriter writer = new LedgerWriter(context, books);
        writer.draftDocuments(new InvoicePoster(books, chart, invoices), invoices, movements);
        writer.draftSundries(new SundryPoster(books, chart, context.dice("sundries")));
        writer.drafts.sort(Comparator.comparing(EntryDraft::day));
        writer.drafts.forEach(writer::number);
        writer.letter();
        books.ledgerEntries().addAll(writer.entries);
        books.ledgerLines().addAll(writer.lines);
    }

    private void draftDocuments(InvoicePoster poster, InvoiceDrafts invoices, List<BankMovement> movements) {
        for (int i = 0; i < invoices.sales().size(); i++) {
            if (!invoices.sales().get(i).draft()) {
                drafts.add(poster.sale(i));
            }
        }
        for (int i = 0; i < invoices.purchases().size(); i++) {
            drafts.add(poster.purchase(i));
        }
        movements.stream().filter(movement -> movement.transaction().archivedMicros() == 0).map(poster::movement)
                .forEach(drafts::add);
    }

    private void draftSundries(SundryPoster poster) {
        for (int year = 0; year < 3; year++) {
            drafts.add(poster.opening(context.almanac().start().plusYears(year)));
        }
        long count = drafts.stream().mapToLong(draft -> draft.postings().size()).sum();
        int days = (int) (context.almanac().end().toEpochDay() - context.almanac().start().toEpochDay());
        for (int i = 0; count < context.scale().lines() || i < 4; i++) {
            LocalDate day = context.almanac().start().plusDays(random.below(days + 1));
            EntryDraft draft = i % 40 == 3 ? poster.undated(day) : poster.any(day);
            drafts.add(draft);
            count += draft.postings().size();
        }
    }

    private void number(EntryDraft draft) {
        long entryId = context.ids().of("ledger_entries").next();
        Stamps stamps = context.almanac().stamps(draft.day(), random);
        String label = draft.label() == null ? null : context.prose().label(draft.label());
        long[] lineIds = new long[draft.postings().size()];
        for (int i = 0; i < lineIds.length; i++) {
            lineIds[i] = writeLine(entryId, draft, draft.postings().get(i), stamps, label == null ? "" : label);
        }
        entries.add(new LedgerEntry(entryId, stamps, label, draft.pieceNumber(), draft.date(), draft.dueDate(),
                draft.invoiceNumber(), draft.journalId(), draft.status(), draft.attachmentName(),
                CategoryWriter.allocate(books, random, 3, stamps), lineIds));
        draft.booked().accept(entryId);
    }

    private long writeLine(long entryId, EntryDraft draft, Posting posting, Stamps stamps, String label) {
        long id = context.ids().of("ledger_entry_lines").next();
        if (posting.letterKey() != 0) {
            letterings.computeIfAbsent(posting.letterKey(), key -> new ArrayList<>(2)).add(lines.size());
        }
        lines.add(new LedgerLine(id, stamps.createdMicros(), stamps.updatedMicros(), entryId, posting.accountId(),
                draft.journalId(), (int) draft.date().toEpochDay(), posting.debit(), posting.credit(), label,
                LedgerLine.NOT_LETTERED, random.chance(5) ? CategoryWriter.allocate(books, random, 100, stamps)
                        : Allocation.NONE));
        return id;
    }

    private void letter() {
        for (List<Integer> group : letterings.values()) {
            long[] ids = group.stream().mapToLong(row -> lines.get(row).id()).sorted().toArray();
            group.forEach(row -> lines.set(row, lines.get(row).lettered(ids)));
        }
    }
}
