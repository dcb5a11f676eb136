package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;
import java.util.List;

/** A ledger entry. A draft may have no date, and then has no lines. */
public record LedgerEntry(long id, Stamps stamps, String label, String pieceNumber, LocalDate date, LocalDate dueDate,
        String invoiceNumber, long journalId, String status, String attachmentName, List<Allocation> categories,
        long[] lineIds) implements Row {

    public LedgerEntry withHeader(String newLabel, String newPieceNumber, String newStatus, Stamps newStamps) {
        return new LedgerEntry(id, newStamps, newLabel, newPieceNumber, date, dueDate, invoiceNumber,
                journalId, newStatus, attachmentName, categories, lineIds);
    }

    public LedgerEntry withLines(long[] newLineIds, Stamps newStamps) {
        return new LedgerEntry(id, newStamps, label, pieceNumber, date, dueDate, invoiceNumber, journalId,
                status, attachmentName, categories, newLineIds);
    }

    public LedgerEntry withCategories(List<Allocation> newCategories, Stamps newStamps) {
        return new LedgerEntry(id, newStamps, label, pieceNumber, date, dueDate, invoiceNumber, journalId,
                status, attachmentName, newCategories, lineIds);
    }
}
