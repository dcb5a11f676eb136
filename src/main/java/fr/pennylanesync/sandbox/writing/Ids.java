package fr.pennylanesync.sandbox.writing;

/** The identifiers of one stream of one company: they ascend, with gaps, as those of a table shared with others do. */
public final class Ids {

    private final Dice dice;
    private long last;

    Ids(Dice dice, long start) {
        this.dice = dice;
        this.last = start;
    }

    public long next() {
        last += 1 + dice.below(48);
        return last;
    }
}
