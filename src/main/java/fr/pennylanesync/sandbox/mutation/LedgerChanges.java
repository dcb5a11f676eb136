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

    static boolean insert(Pen pen) {
        EntryBook entries = new EntryBook(pen);
        long amount = pen.dice().between(2_000, 400_000);
        entries.post(EntryDraft.sundry(pen.today(), entries.journal(SUNDRY), "Régularisation", "P" + pen.dice()
                .digits(6), List.of(Posting.of(entries.account("6226"), amount),
                Posting.of(entries.account("486"), amount / 3),
                        Posting.of(entries.account("471"), -amount - amount / 3))));
        return true;
    }

    /** An entry still being prepared, without date and lines: no feed can tell of it. */
    static boolean insertUndated(Pen pen) {
        pen.insert(Streams.ENTRIES, new LedgerEntry(pen.nextId("ledger_entries"), pen.created(), null, null, null, null,
                null, new EntryBook(pen).journal(SUNDRY), "draft", null, Allocation.NONE, new long[0]));
        return true;
    }

    /** A change of the header alone, which no feed tells of. */
    static boolean editHeader(Pen pen) {
        return entry(pen, entry -> true, entry -> pen.update(Streams.ENTRIES,
                entry.withHeader(pen.label("Écriture revue"), "P" + pen.dice().digits(6), pen.dice().chance(50)
                ? "validation_needed" : "complete", pen.updated(entry.stamps()))));
    }

    static boolean changeAmounts(Pen pen) {
        return sundry(pen, 2, entry -> {
            EntryBook entries = new EntryBook(pen);
            long more = pen.dice().between(1, 9_999);
            LedgerLine debited = side(entries, entry, true);
            LedgerLine credited = side(entries, entry, false);
            entries.amount(debited, debited.debit() + more, 0);
            entries.amount(credited, 0, credited.credit() + more);
            touch(pen, entry, entry.lineIds());
        });
    }

    /** Splits a line in two. */
    static boolean addLine(Pen pen) {
        return sundry(pen, 2, entry -> {
            EntryBook entries = new EntryBook(pen);
            LedgerLine line = side(entries, entry, true);
            long part = Math.max(1, line.debit() / 4);
            entries.amount(line, line.debit() - part, 0);
            LedgerLine added = entries.add(entry, Posting.of(entries.account("626"), part));
            touch(pen, entry, with(entry.lineIds(), added.id()));
        });
    }

    /** Removes a line; another of the same side takes its amount. */
    static boolean removeLine(Pen pen) {
        return sundry(pen, 3, entry -> {
            EntryBook entries = new EntryBook(pen);
            boolean debit = entries.lines(entry).stream().filter(line -> line.debit() > 0).count() > 1;
            List<LedgerLine> sameSide = entries.lines(entry).stream().filter(line -> line.debit() > 0 == debit)
                    .toList();
            LedgerLine gone = sameSide.get(sameSide.size() - 1);
            LedgerLine heir = sameSide.get(0);
            entries.amount(heir, heir.debit() + gone.debit(), heir.credit() + gone.credit());
            pen.removeForGood(Streams.LINES, gone);
            touch(pen, entry, Arrays.stream(entry.lineIds()).filter(id -> id != gone.id()).toArray());
        });
    }

    static boolean remove(Pen pen) {
        return sundry(pen, 2, entry -> new EntryBook(pen).remove(entry));
    }

    static boolean allocateLine(Pen pen) {
        Optional<LedgerLine> found = pen.pick(Streams.LINES, line -> true);
        found.ifPresent(line -> {
            List<Allocation> categories = line.categories().isEmpty() || pen.dice().chance(70)
                    ? merged(pen, line.categories()) : Allocation.NONE;
            long updated = pen.updatedBelow(Streams.LINES.stamps().apply(line)).updatedMicros();
            pen.updateBelow(Streams.LINES, line.withCategories(categories, updated));
        });
        return found.isPresent();
    }

    static boolean allocateEntry(Pen pen) {
        return entry(pen, entry -> true, entry -> {
            List<Allocation> categories = entry.categories().isEmpty() || pen.dice().chance(70)
                    ? merged(pen, entry.categories()) : Allocation.NONE;
            pen.updateBelow(Streams.ENTRIES, entry.withCategories(categories, pen.updatedBelow(entry.stamps())));
        });
    }

    /** A new allocation; a category that stays keeps its record, with its new weight. */
    private static List<Allocation> merged(Pen pen, List<Allocation> before) {
        return pen.categories().stream().map(fresh -> before.stream().filter(old -> old.id() == fresh.id()).findFirst()
                .map(old -> old.weightBasisPoints() == fresh.weightBasisPoints() ? old
                        : new Allocation(old.id(), fresh.weightBasisPoints(), pen.updated(old.stamps())))
                .orElse(fresh)).toList();
    }

    /** Does something to an entry that comes from no document, has enough lines on both sides, and none lettered. */
    private static boolean sundry(Pen pen, int lines, Consumer<LedgerEntry> change) {
        EntryBook entries = new EntryBook(pen);
        return entry(pen, entry -> entry.lineIds().length >= lines
                && (entry.journalId() == entries.journal(SUNDRY) || entry.journalId() == entries.journal(PAYROLL))
                && entries.isFree(entry), change);
    }

    private static boolean entry(Pen pen, Predicate<LedgerEntry> fits, Consumer<LedgerEntry> change) {
        Optional<LedgerEntry> found = pen.pick(Streams.ENTRIES, fits);
        found.ifPresent(change);
        return found.isPresent();
    }

    private static LedgerLine side(EntryBook entries, LedgerEntry entry, boolean debit) {
        return entries.lines(entry).stream().filter(line -> (debit ? line.debit() : line.credit()) > 0).findFirst()
                .orElseThrow();
    }

    private static void touch(Pen pen, LedgerEntry entry, long[] lineIds) {
        pen.update(Streams.ENTRIES, entry.withLines(lineIds, pen.updated(entry.stamps())));
    }

    private static long[] with(long[] ids, long more) {
        List<Long> all = new ArrayList<>(Arrays.stream(ids).boxed().toList());
        all.add(more);
        return all.stream().mapToLong(Long::longValue).toArray();
    }
}
