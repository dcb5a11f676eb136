package fr.pennylanesync.stream;

/** Names where a stream of a company is in its life. A state is moved only from an expected state. */
public enum StreamState {
    /** Known, nothing read yet. */
    NEW,
    /** All records are being read; the changelog will be replayed from before the first read. */
    HISTORY,
    /** The changelog is being replayed from before the history began. */
    CATCH_UP,
    /** Changes are read as they come. */
    LIVE,
    /** The changelog no longer reaches back to our position: only a new history makes it whole. */
    GAP,
    /** Read once from the data sharing into a table of its own, and not followed any more. */
    APART
}
