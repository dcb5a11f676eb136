package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;
import java.util.List;

/** What an invoice, a quote and a commercial document have in common. */
public record Sale(String number, Wording wording, LocalDate date, LocalDate deadline, Totals totals, Discount discount,
        String language, long customerId, String externalReference, long archivedMicros, List<InvoiceLine> lines,
        List<Section> sections, List<Appendix> appendices) {}
