package fr.pennylanesync.landing.state;

import java.util.Locale;

/** Names the ways to know a sub-list without a request for it. */
public enum Proof {
    /** The parents' list, filtered by what the sub-list would hold, leaves the parent out: it is empty. */
    FILTER,
    /**
     * One event alone changed the parent, and other fields than those that change with the sub-list: it is as it was.
     */
    UNCHANGED,
    /** The same relation was read from its other side. */
    DERIVED,
    /** The parent's own page brought it along, whole. */
    INCLUDE;

    /** Reads a name of the tables or of the settings. */
    public static Proof of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** The name as settings, tables and events write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
