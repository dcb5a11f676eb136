package fr.pennylanesync.sandbox.api;

import java.math.BigDecimal;

/**
 * Decimal strings as the API writes them: with a varying number of decimals ({@code 230.32}, {@code 34.0}, {@code 30}).
 * The form depends on the record and field, so that it is the same each time.
 */
final class Decimals {

    private Decimals() {}

    static String cents(long cents, long id, String field) {
        return text(BigDecimal.valueOf(cents, 2), id, field);
    }

    static String text(BigDecimal value, long id, String field) {
        int form = Math.floorMod(Long.hashCode(id * 31) ^ field.hashCode(), 3);
        if (form == 0) {
            return value.toPlainString();
        }
        BigDecimal stripped = value.stripTrailingZeros();
        int decimals = Math.max(stripped.scale(), form == 1 ? 1 : 0);
        return stripped.setScale(decimals).toPlainString();
    }
}
