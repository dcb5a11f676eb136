package fr.pennylanesync.api.page;

import java.util.Locale;

/** The filter operators that Pennylane documents; each endpoint takes some of them. */
public enum Operator {
    EQ,
    NOT_EQ,
    LT,
    LTEQ,
    GT,
    GTEQ,
    IN,
    NOT_IN,
    START_WITH;

    /** As written in the request, such as {@code gteq}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takesList() {
        return this == IN || this == NOT_IN;
    }
}
