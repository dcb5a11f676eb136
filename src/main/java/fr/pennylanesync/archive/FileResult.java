package fr.pennylanesync.archive;

/** Says what became of one attempt at a file. */
public enum FileResult {
    /** A content that is new for the file was stored, or adopted. */
    ARCHIVED,
    /** The content was archived before. */
    UNCHANGED,
    /** No file: it waits for another attempt, or there is nothing to wait for. */
    SET_BACK,
    /** No file, once too often: people must look at it. */
    SET_ASIDE
}
