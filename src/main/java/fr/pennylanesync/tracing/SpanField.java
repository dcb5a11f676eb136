package fr.pennylanesync.tracing;

import java.util.Locale;

/** Names what a span may say: ids, names of ours, codes and counts. There is no place for anything else. */
public enum SpanField {

    COMPANY, ALIAS, STREAM, PASS, ITEMS, BATCH, RECORDS, CHANGED, DELETED, RECORD, ARCHIVED;

    /** Returns the name of the attribute. */
    public String attribute() {
        return "pennylane_sync." + name().toLowerCase(Locale.ROOT);
    }
}
