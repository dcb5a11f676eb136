package fr.pennylanesync.verification;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what does not match, as sentences of places and ids: never of values. The first are kept, all are counted.
 * One thread fills it.
 */
final class Differences {

    static final int KEPT_MAX = 1000;

    private final String prefix;
    private final List<String> kept = new ArrayList<>();
    private long count;

    /** @param place stands before each */
    Differences(String place) {
        this.prefix = place + " ";
    }

    void add(String what) {
        count++;
        if (kept.size() < KEPT_MAX) {
            kept.add(prefix + what);
        }
    }

    List<String> kept() {
        return kept;
    }

    long count() {
        return count;
    }
}
