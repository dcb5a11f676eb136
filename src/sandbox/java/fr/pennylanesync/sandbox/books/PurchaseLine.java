package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;

/** A line of a supplier invoice. */
public record PurchaseLine(long id, Stamps stamps, String label, String description, VatRate vatRate, Totals totals,
        LocalDate imputationStart, LocalDate imputationEnd, long ledgerAccountId) implements Row {}
