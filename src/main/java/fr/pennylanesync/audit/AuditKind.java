package fr.pennylanesync.audit;

import java.util.Locale;

/** Names the sources that the warehouse is compared with. */
public enum AuditKind {
    /** Digests of the data sharing. */
    SHARE,
    /** Pennylane's own totals by account. */
    TRIAL_BALANCE,
    /** The accounting entries file that Pennylane exports. */
    FEC,
    /** Records read again from the API. */
    REREAD,
    /** Rules that hold of all books, whatever their source. */
    BOOKS;

    /** Returns the name as written in tables and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return label();
    }
}
