package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;
import java.util.List;

/** A ledger entry. A draft may have no date, and then has no lines. */
public record LedgerEntry(long id, Stamps stamps, String label, String pieceNumber, LocalDate date, LocalDate dueDate,
        String invoiceNumber, long journalId, String status, String attachmentName, List<Allocation> categories,
        long[] lineIds) implements Row {}
