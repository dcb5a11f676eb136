package fr.pennylanesync.archive;

/** Names the state of a file. */
public enum FileState {
    /** To be fetched, now or later. */
    PENDING,
    ARCHIVED,
    /** There is nothing to fetch: asked for again when its record changes. */
    FAILED,
    /** Means that what arrives is no such file: see the quarantine. */
    QUARANTINED
}
