package fr.pennylanesync.sandbox.books;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Totals of a sales or purchase document. Amounts are in cents; {@code amount} and {@code tax} are euros, the others
 * are in the document's currency. The rate converts one unit of that currency to euros.
 */
public record Totals(String currency, BigDecimal exchangeRate, long currencyBeforeTax, long currencyTax, long tax,
        long amount) {

    public static final String EURO = "EUR";

    public static Totals of(String currency, BigDecimal exchangeRate, long currencyBeforeTax, long currencyTax) {
        return new Totals(currency, exchangeRate, currencyBeforeTax, currencyTax,
                toEuros(currencyTax, exchangeRate), toEuros(currencyBeforeTax + currencyTax, exchangeRate));
    }

    /** Converts cents of a currency to cents of euro, half up. */
    public static long toEuros(long cents, BigDecimal exchangeRate) {
        return exchangeRate.multiply(BigDecimal.valueOf(cents)).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    public long currencyAmount() {
        return currencyBeforeTax + currencyTax;
    }

    public long amountBeforeTax() {
        return amount - tax;
    }
}
