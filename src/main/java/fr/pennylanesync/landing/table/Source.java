package fr.pennylanesync.landing.table;

import java.util.Locale;

/**
 * Names where a row comes from. What the API said of a record is never replaced by what the data sharing says of it.
 */
public enum Source {
    API, SHARE;

    /** Returns the name as written in the tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
