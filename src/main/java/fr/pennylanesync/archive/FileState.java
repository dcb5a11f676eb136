package fr.pennylanesync.archive;

/** Where a file stands. */
public enum FileState {
    /** To be fetched, now or later. */
    PENDING,
    ARCHIVED,
    /** There is nothing to fetch: asked for again when its record changes. */
    FAILED,
    /** What arrives is no such file: see the quarantine. */
    QUARANTINED
}
