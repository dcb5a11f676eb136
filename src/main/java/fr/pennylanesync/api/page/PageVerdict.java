package fr.pennylanesync.api.page;

/** Says what a checked page is worth. */
public enum PageVerdict {
    /** Satisfies the request. */
    SOUND,
    /**
     * Satisfies the request, yet says that more follow while it holds fewer rows than asked for, or has no pages. Read
     * it again: it is good once further readings say the same.
     */
    SHORT
}
