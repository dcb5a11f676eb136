package fr.pennylanesync.sandbox.export;

import java.math.BigDecimal;

/** Amounts in cents as files write them. */
final class Cents {

    private Cents() {}

    /** Two decimals behind a comma. */
    static String comma(long cents) {
        return point(cents).replace('.', ',');
    }

    /** Two decimals behind a point. */
    static String point(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }
}
