package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;
import java.util.List;

/**
 * One line of an entry, in cents. Kept flat and small: a million of them fit in a few hundred megabytes.
 *
 * @param day the date of its entry, in days since 1970
 * @param lettered ids of all the lines of its lettering, itself included; shared by them; empty when not lettered
 */
public record LedgerLine(long id, long createdMicros, long updatedMicros, long entryId, long accountId, long journalId,
        int day, long debit, long credit, String label, long[] lettered, List<Allocation> categories) implements Row {

    public static final long[] NOT_LETTERED = {};

    public LocalDate date() {
        return LocalDate.ofEpochDay(day);
    }

    public LedgerLine lettered(long[] group) {
        return new LedgerLine(id, createdMicros, updatedMicros, entryId, accountId, journalId, day, debit, credit,
                label, group, categories);
    }

    public LedgerLine withAmounts(long newDebit, long newCredit, long newUpdatedMicros) {
        return new LedgerLine(id, createdMicros, newUpdatedMicros, entryId, accountId, journalId, day,
                newDebit, newCredit, label, lettered, categories);
    }

    public LedgerLine withLettering(long[] newLettered, long newUpdatedMicros) {
        return new LedgerLine(id, createdMicros, newUpdatedMicros, entryId, accountId, journalId, day,
                debit, credit, label, newLettered, categories);
    }

    public LedgerLine withCategories(List<Allocation> newCategories, long newUpdatedMicros) {
        return new LedgerLine(id, createdMicros, newUpdatedMicros, entryId, accountId, journalId, day,
                debit, credit, label, lettered, newCategories);
    }
}
