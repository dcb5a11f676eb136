package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.LedgerLine;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.writing.EntryDraft;
import fr.pennylanesync.sandbox.writing.Posting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Books, changes and removes entries; what it is given must balance. */
final class EntryBook {

    private static final int ALLOCATED_PERCENT = 30;

    private final BooksEditor editor;

    EntryBook(BooksEditor editor) {
        this.editor = editor;
    }

    /** The id of an account of the chart. */
    long account(String number) {
        return editor.books().ledgerAccounts().rows().stream().filter(account -> account.number().equals(number))
                .findFirst().map(LedgerAccount::id).orElseThrow();
    }

    long journal(int index) {
        return editor.books().journals().get(index).id();
    }

    List<LedgerLine> lines(LedgerEntry entry) {
        return Arrays.stream(entry.lineIds()).mapToObj(id -> editor.find(Streams.LINES, id)).toList();
    }

    /** Whether no line of the entry is lettered. */
    boolean isFree(LedgerEntry entry) {
        return lines(entry).stream().allMatch(line -> line.lettered().length == 0);
    }

    /** Books a new entry and returns it. */
    LedgerEntry post(EntryDraft draft) {
        long id = editor.nextId("ledger_entries");
        Stamps stamps = editor.created();
        String label = draft.label() == null ? null : editor.label(draft.label());
        List<LedgerLine> lines = new ArrayList<>();
        for (Posting posting : draft.postings()) {
            lines.add(line(id, draft.journalId(), (int) draft.date().toEpochDay(), posting, label));
        }
        LedgerEntry entry = new LedgerEntry(id, stamps, label, draft.pieceNumber(), draft.date(), draft.dueDate(),
                draft.invoiceNumber(), draft.journalId(), draft.status(), draft.attachmentName(), Allocation.NONE,
                ids(lines));
        editor.insert(Streams.ENTRIES, entry);
        lines.forEach(line -> editor.insert(Streams.LINES, line));
        return entry;
    }

    /**
     * Makes the lines of an entry those of the postings: changes amounts where the account stays, adds and removes the
     * others.
     */
    void rewrite(LedgerEntry entry, List<Posting> postings) {
        List<LedgerLine> left = new ArrayList<>(lines(entry));
        List<LedgerLine> kept = new ArrayList<>();
        for (Posting posting : postings) {
            Optional<LedgerLine> same = left.stream().filter(line -> line.accountId() == posting.accountId())
                    .findFirst();
            same.ifPresent(left::remove);
            kept.add(same.map(line -> amount(line, posting.debit(), posting.credit()))
                    .orElseGet(() -> add(entry, posting)));
        }
        left.forEach(line -> editor.removeForGood(Streams.LINES, line));
        editor.update(Streams.ENTRIES, entry.withLines(ids(kept), editor.updated(entry.stamps())));
    }

    /** Removes an entry and its lines, so that they may come back. */
    void remove(LedgerEntry entry) {
        lines(entry).forEach(line -> editor.remove(Streams.LINES, line));
        editor.remove(Streams.ENTRIES, entry);
    }

    /** Adds one line; the caller keeps the balance and the entry's list of lines. */
    LedgerLine add(LedgerEntry entry, Posting posting) {
        LedgerLine line = line(entry.id(), entry.journalId(), (int) entry.date().toEpochDay(), posting, entry.label());
        editor.insert(Streams.LINES, line);
        return line;
    }

    /** Changes the amount of a line; the caller keeps the balance. */
    LedgerLine amount(LedgerLine line, long debit, long credit) {
        if (line.debit() == debit && line.credit() == credit) {
            return line;
        }
        LedgerLine changed = line.withAmounts(debit, credit, updated(line));
        editor.update(Streams.LINES, changed);
        return changed;
    }

    /** Letters lines together; with a group of none, takes them out of their lettering. */
    void letter(List<LedgerLine> lines, long[] group) {
        lines.forEach(line -> editor.update(Streams.LINES, line.withLettering(group, updated(line))));
    }

    long updated(LedgerLine line) {
        return editor.updated(Streams.LINES.stamps().apply(line)).updatedMicros();
    }

    static long[] ids(List<LedgerLine> lines) {
        return lines.stream().mapToLong(LedgerLine::id).sorted().toArray();
    }

    private LedgerLine line(long entryId, long journalId, int day, Posting posting, String label) {
        List<Allocation> categories = editor.dice().chance(ALLOCATED_PERCENT) ? editor.categories() : Allocation.NONE;
        return new LedgerLine(editor.nextId("ledger_entry_lines"), editor.nowMicros(), editor.nowMicros(), entryId,
                posting.accountId(), journalId, day, posting.debit(), posting.credit(), label == null ? "" : label,
                LedgerLine.NOT_LETTERED, categories);
    }
}
