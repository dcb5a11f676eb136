package fr.pennylanesync.api.page;

/** Says how the rows of a list are told apart; it decides which checks a page must pass. */
public enum RowKind {
    /** Each row has an {@code id} that occurs once. */
    RECORD,
    /** Each row has an {@code id} that we made of its key: in which order the server gives them cannot be seen. */
    KEYED,
    /** A change event: its {@code id} is the changed record's and may repeat; rows come by {@code processed_at}. */
    EVENT
}
