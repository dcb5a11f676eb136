package fr.pennylanesync.sandbox.writing;

import java.time.LocalDate;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * An entry to come.
 *
 * @param day decides its place among the others
 * @param date null for a draft without date
 * @param booked told the entry's id
 */
public record EntryDraft(LocalDate day, LocalDate date, LocalDate dueDate, long journalId, String label,
        String pieceNumber, String invoiceNumber, String status, String attachmentName, List<Posting> postings,
        LongConsumer booked) {

    public static EntryDraft sundry(LocalDate date, long journalId, String label, String pieceNumber,
            List<Posting> postings) {
        return new EntryDraft(date, date, null, journalId, label, pieceNumber, null, null, null, postings, id -> {});
    }
}
