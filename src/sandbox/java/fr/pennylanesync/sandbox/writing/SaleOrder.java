package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Stamps;
import java.math.BigDecimal;
import java.time.LocalDate;

/** What a sales document should be like; its lines and texts are drawn. */
public record SaleOrder(String number, LocalDate date, Stamps stamps, String currency, BigDecimal exchangeRate,
        int lines, long customerId, boolean credit, boolean discounted, long archivedMicros) {}
