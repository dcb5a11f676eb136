package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;
import java.util.List;

/** What an invoice, a quote and a commercial document have in common. */
public record Sale(String number, Wording wording, LocalDate date, LocalDate deadline, Totals totals, Discount discount,
        String language, long customerId, String externalReference, long archivedMicros, List<InvoiceLine> lines,
        List<Section> sections, List<Appendix> appendices) {

    public Sale withWording(Wording newWording) {
        return new Sale(number, newWording, date, deadline, totals, discount, language, customerId,
                externalReference, archivedMicros, lines, sections, appendices);
    }

    public Sale numbered(String newNumber, LocalDate newDate, LocalDate newDeadline) {
        return new Sale(newNumber, wording, newDate, newDeadline, totals, discount, language, customerId,
                externalReference, archivedMicros, lines, sections, appendices);
    }

    public Sale withLines(Totals newTotals, List<InvoiceLine> newLines) {
        return new Sale(number, wording, date, deadline, newTotals, discount, language, customerId,
                externalReference, archivedMicros, newLines, sections, appendices);
    }

    public Sale archived(long newArchivedMicros) {
        return new Sale(number, wording, date, deadline, totals, discount, language, customerId,
                externalReference, newArchivedMicros, lines, sections, appendices);
    }

    public Sale withAppendices(List<Appendix> newAppendices) {
        return new Sale(number, wording, date, deadline, totals, discount, language, customerId,
                externalReference, archivedMicros, lines, sections, newAppendices);
    }
}
