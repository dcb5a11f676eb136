package fr.pennylanesync.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to do the work of a benchmark: what it takes with a few rows, which is its start, and with all, start
 * included; the medians of some runs.
 */
final class Way {

    /**
     * Does the work once.
     *
     * @param <T> what is read
     */
    interface Run<T> {
        Measured of(T source, boolean last) throws Exception;
    }

    /** Does the work once, with few rows or with all. */
    private interface Turn {
        Measured take(boolean all, boolean last) throws Exception;
    }

    private final String what;
    private final Turn turn;
    private final List<Measured> starts = new ArrayList<>();
    private final List<Measured> runs = new ArrayList<>();

    private Way(String what, Turn turn) {
        this.what = what;
        this.turn = turn;
    }

    static <T> Way of(String what, T few, T all, Run<T> run) {
        return new Way(what, (every, last) -> run.of(every ? all : few, last));
    }

    /** Measures the ways in turns, so that a slow hour of the machine is everyone's. */
    static void measure(int times, Way... ways) throws Exception {
        for (int i = 1; i <= times; i++) {
            for (Way way : ways) {
                way.run(i == times);
            }
        }
    }

    private void run(boolean last) throws Exception {
        Measured start = turn.take(false, false);
        Measured run = turn.take(true, last);
        starts.add(start);
        runs.add(run);
        System.err.println(what + ": start " + start + ", all " + run);
    }

    Measured start() {
        return Measured.median(starts);
    }

    Measured all() {
        return Measured.median(runs);
    }

    /** Returns what the rows alone take. */
    Measured rows() {
        return all().minus(start());
    }
}
