package fr.pennylanesync.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to do the work of a benchmark: what it takes with a few rows, which is its start, and with all, start
 * included; the medians of some runs.
 */
record Way(Measured start, Measured all) {

    /** Does the work once. @param <T> what is read */
    interface Run<T> {
        Measured of(T source, boolean last) throws Exception;
    }

    /** Does the work with few and with all rows, in turns. */
    static <T> Way measure(String what, int times, T few, T all, Run<T> run) throws Exception {
        List<Measured> starts = new ArrayList<>();
        List<Measured> runs = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            starts.add(run.of(few, false));
            runs.add(run.of(all, i == times - 1));
            System.err.println(what + ": start " + starts.get(i) + ", all " + runs.get(i));
        }
        return new Way(Measured.median(starts), Measured.median(runs));
    }

    /** Returns what the rows alone take. */
    Measured rows() {
        return all.minus(start);
    }
}
