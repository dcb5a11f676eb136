package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.LedgerLine;
import fr.pennylanesync.sandbox.writing.EntryDraft;
import fr.pennylanesync.sandbox.writing.Posting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What happens to sundry entries and to lines: amounts move and balance, lines come and go, categories are allocated.
 */
final class LedgerChanges {

    private static final int SUNDRY = 4;
    private static final int PAYROLL = 5;

    private LedgerChanges() {}

    static boolean insert(BooksEditor editor) {
        EntryBook entries = new EntryBook(editor);
        long amount = editor.dice().between(2_000, 400_000);
        entries.post(EntryDraft.sundry(editor.today(), entries.journal(SUNDRY), "Régularisation", "P" + editor.dice()
                .digits(6), List.of(Posting.of(entries.account("6226"), amount),
                        Posting.of(entries.account("486"), amount / 3),
                        Posting.of(entries.account("471"), -amount - amount / 3))));
        return true;
    }

    /** An entry still being prepared, without date and lines: no feed can tell of it. */
    static boolean insertUndated(BooksEditor editor) {
        editor.insert(Streams.ENTRIES,
                new LedgerEntry(editor.nextId("ledger_entries"), editor.created(), null, null, null, null,
                        null, new EntryBook(editor).journal(SUNDRY), "draft", null, Allocation.NONE, new long[0]));
        return true;
    }

    /** A change of the header alone, which no feed tells of. */
    static boolean editHeader(BooksEditor editor) {
        return entry(editor, entry -> true, entry -> editor.update(Streams.ENTRIES,
                entry.withHeader(editor.label("Écriture revue"), "P" + editor.dice().digits(6), editor.dice().chance(50)
                        ? "validation_needed"
                        : "complete", editor.updated(entry.stamps()))));
    }

    static boolean changeAmounts(BooksEditor editor) {
        return sundry(editor, 2, entry -> {
            EntryBook entries = new EntryBook(editor);
            long more = editor.dice().between(1, 9_999);
            LedgerLine debited = side(entries, entry, true);
            LedgerLine credited = side(entries, entry, false);
            entries.amount(debited, debited.debit() + more, 0);
            entries.amount(credited, 0, credited.credit() + more);
            touch(editor, entry, entry.lineIds());
        });
    }

    /** Splits a line in two. */
    static boolean addLine(BooksEditor editor) {
        return sundry(editor, 2, entry -> {
            EntryBook entries = new EntryBook(editor);
            LedgerLine line = side(entries, entry, true);
            long part = Math.max(1, line.debit() / 4);
            entries.amount(line, line.debit() - part, 0);
            LedgerLine added = entries.add(entry, Posting.of(entries.account("626"), part));
            touch(editor, entry, with(entry.lineIds(), added.id()));
        });
    }

    /** Removes a line; another of the same side takes its amount. */
    static boolean removeLine(BooksEditor editor) {
        return sundry(editor, 3, entry -> {
            EntryBook entries = new EntryBook(editor);
            boolean debit = entries.lines(entry).stream().filter(line -> line.debit() > 0).count() > 1;
            List<LedgerLine> sameSide = entries.lines(entry).stream().filter(line -> line.debit() > 0 == debit)
                    .toList();
            LedgerLine gone = sameSide.get(sameSide.size() - 1);
            LedgerLine heir = sameSide.get(0);
            entries.amount(heir, heir.debit() + gone.debit(), heir.credit() + gone.credit());
            editor.removeForGood(Streams.LINES, gone);
            touch(editor, entry, Arrays.stream(entry.lineIds()).filter(id -> id != gone.id()).toArray());
        });
    }

    static boolean remove(BooksEditor editor) {
        return sundry(editor, 2, entry -> new EntryBook(editor).remove(entry));
    }

    static boolean allocateLine(BooksEditor editor) {
        Optional<LedgerLine> found = editor.pick(Streams.LINES, line -> true);
        found.ifPresent(line -> {
            List<Allocation> categories = line.categories().isEmpty() || editor.dice().chance(70)
                    ? merged(editor, line.categories())
                    : Allocation.NONE;
            long updated = editor.updatedBelow(Streams.LINES.stamps().apply(line)).updatedMicros();
            editor.updateBelow(Streams.LINES, line.withCategories(categories, updated));
        });
        return found.isPresent();
    }

    static boolean allocateEntry(BooksEditor editor) {
        return entry(editor, entry -> true, entry -> {
            List<Allocation> categories = entry.categories().isEmpty() || editor.dice().chance(70)
                    ? merged(editor, entry.categories())
                    : Allocation.NONE;
            editor.updateBelow(Streams.ENTRIES, entry.withCategories(categories, editor.updatedBelow(entry.stamps())));
        });
    }

    /** A new allocation; a category that stays keeps its record, with its new weight. */
    private static List<Allocation> merged(BooksEditor editor, List<Allocation> before) {
        return editor.categories().stream()
                .map(fresh -> before.stream().filter(old -> old.id() == fresh.id()).findFirst()
                        .map(old -> old.weightBasisPoints() == fresh.weightBasisPoints() ? old
                                : new Allocation(old.id(), fresh.weightBasisPoints(), editor.updated(old.stamps())))
                        .orElse(fresh))
                .toList();
    }

    /** Does something to an entry that comes from no document, has enough lines on both sides, and none lettered. */
    private static boolean sundry(BooksEditor editor, int lines, Consumer<LedgerEntry> change) {
        EntryBook entries = new EntryBook(editor);
        return entry(editor, entry -> entry.lineIds().length >= lines
                && (entry.journalId() == entries.journal(SUNDRY) || entry.journalId() == entries.journal(PAYROLL))
                && entries.isFree(entry), change);
    }

    private static boolean entry(BooksEditor editor, Predicate<LedgerEntry> fits, Consumer<LedgerEntry> change) {
        Optional<LedgerEntry> found = editor.pick(Streams.ENTRIES, fits);
        found.ifPresent(change);
        return found.isPresent();
    }

    private static LedgerLine side(EntryBook entries, LedgerEntry entry, boolean debit) {
        return entries.lines(entry).stream().filter(line -> (debit ? line.debit() : line.credit()) > 0).findFirst()
                .orElseThrow();
    }

    private static void touch(BooksEditor editor, LedgerEntry entry, long[] lineIds) {
        editor.update(Streams.ENTRIES, entry.withLines(lineIds, editor.updated(entry.stamps())));
    }

    private static long[] with(long[] ids, long more) {
        List<Long> all = new ArrayList<>(Arrays.stream(ids).boxed().toList());
        all.add(more);
        return all.stream().mapToLong(Long::longValue).toArray();
    }
}
