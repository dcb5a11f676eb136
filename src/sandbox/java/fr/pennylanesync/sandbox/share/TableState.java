package fr.pennylanesync.sandbox.share;

/**
 * What the store holds of one table of one company: the keys of its rows, ascending, and a hash of what each key shows.
 */
record TableState(long[] keys, long[] hashes) {

    static final TableState EMPTY = new TableState(new long[0], new long[0]);

    int size() {
        return keys.length;
    }
}
