package fr.pennylanesync.sandbox.books;

import java.math.BigDecimal;
import java.time.LocalDate;

/** A line of a sales document. Cents, except the unit price (units of currency, up to four decimals). */
public record InvoiceLine(long id, Stamps stamps, int rank, String label, String unit, BigDecimal quantity,
        BigDecimal unitPrice, Discount discount, VatRate vatRate, Totals totals, String description, long productId,
        Integer sectionRank, LocalDate imputationStart, LocalDate imputationEnd, String substance, long ledgerAccountId)
        implements Row {}
