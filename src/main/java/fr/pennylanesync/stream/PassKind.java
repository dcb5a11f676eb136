package fr.pennylanesync.stream;

import java.util.Locale;

/** One way of reading a stream. */
public enum PassKind {
    /** Data sharing. */
    HISTORY,
    /** The API list, from the first record to the last. */
    WALK,
    /** The API changelog, then the changed records. */
    CHANGES,
    /** A complete walk that also finds deletions. */
    SWEEP,
    /** Sub-lists that are known without a request for each: nobody asks for it. */
    PROOF;

    /** Returns the name as written in tables, keys and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
