package fr.pennylanesync.sandbox.books;

import java.math.BigDecimal;

/** A discount: an amount in the document's currency, or a percentage. */
public record Discount(boolean relative, BigDecimal value) {

    public static final Discount NONE = new Discount(false, BigDecimal.ZERO);
}
