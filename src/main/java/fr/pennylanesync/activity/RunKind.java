package fr.pennylanesync.activity;

import java.util.Locale;

/** Names what can run. */
public enum RunKind {
    SYNC,
    AUDIT,
    VERIFY;

    /** Returns the name as written in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
