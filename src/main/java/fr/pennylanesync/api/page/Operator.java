package fr.pennylanesync.api.page;

import java.util.Locale;

/** Names those of the documented filter operators that a pass asks with. */
public enum Operator {
    LT,
    LTEQ,
    GT,
    GTEQ,
    IN;

    /** Returns the name as written in the request, such as {@code gteq}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takesList() {
        return this == IN;
    }
}
