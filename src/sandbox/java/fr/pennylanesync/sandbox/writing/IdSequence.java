package fr.pennylanesync.sandbox.writing;

/** The identifiers of one stream of one company: they ascend, with gaps, as those of a table shared with others do. */
public final class IdSequence {

    private final SeededRandom random;
    private long last;

    IdSequence(SeededRandom random, long start) {
        this.random = random;
        this.last = start;
    }

    public long next() {
        last += 1 + random.below(48);
        return last;
    }
}
