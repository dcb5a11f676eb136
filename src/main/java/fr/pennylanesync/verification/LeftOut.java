package fr.pennylanesync.verification;

/** Counts what a verification did not look at, because it was asked for what was landed later. */
public record LeftOut(long rows, long batches) {

    static final LeftOut NOTHING = new LeftOut(0, 0);

    LeftOut plus(LeftOut other) {
        return new LeftOut(rows + other.rows, batches + other.batches);
    }
}
