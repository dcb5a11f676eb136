package fr.pennylanesync.sandbox.share;

/** How ids of the share relate to those of the API. Only the ids of the records themselves, not references to them. */
public enum IdScheme {

    /** A record has the same id in both. */
    SAME,
    /** No id of the share exists in the API. */
    FOREIGN,
    /** Each id exists in the API, but there it is another record's: the next one's. */
    CROSSED
}
