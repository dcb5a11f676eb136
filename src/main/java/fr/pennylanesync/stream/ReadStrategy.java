package fr.pennylanesync.stream;

import java.util.Locale;

/** Names how the API lets a list be read completely and resumed; the names are those of the stream files. */
public enum ReadStrategy {
    /** {@code sort=id} with {@code id gt last}: resumes at any record. */
    KEYSET,
    /**
     * Slices of the record's date, the cursor only within a slice: resumes at a slice ({@code /transactions} has no
     * {@code gt} on id).
     */
    DATE_SLICES,
    /** The cursor alone: a restart begins the list again; only for short lists. */
    CURSOR,
    /** One request, no paging at all. */
    WHOLE,
    /** One request, whose answer is an object: each of its fields is a record with a name and a value. */
    FIELDS,
    /** The sub-list of each parent record whose turn it is. */
    CHILDREN,
    /** Only the data sharing has it: partitions by company and period, read again where their digest differs. */
    SHARE,
    /**
     * Totals without ids, one question for each fiscal year, where the data sharing does not show the company; its
     * table where it does.
     */
    FISCAL_YEARS;

    /** Returns the name as written in the stream files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Tells whether changed records can be asked for together with {@code id in […]}. */
    public boolean selectableById() {
        return this == KEYSET || this == DATE_SLICES;
    }
}
