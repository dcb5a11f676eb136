package fr.pennylanesync.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What one run took.
 *
 * @param seconds by the clock
 * @param server the seconds of processors that the warehouse's server took
 * @param java those that the Java process took
 * @param share those that the server took which was read, where it is a database
 */
record Measured(double seconds, double server, double java, double share) {

    Measured(double seconds, double server, double java) {
        this(seconds, server, java, 0);
    }

    Measured minus(Measured start) {
        return new Measured(seconds - start.seconds, server - start.server, java - start.java, share - start.share);
    }

    /** Returns the seconds of processors of all but what was read. */
    double processor() {
        return server + java;
    }

    /** Returns the run in the middle, by the clock. */
    static Measured median(List<Measured> runs) {
        return runs.stream().sorted(Comparator.comparingDouble(Measured::seconds)).toList().get(runs.size() / 2);
    }

    /** Returns seconds for all rows as microseconds for each. */
    static String micros(double seconds, int rows) {
        return String.format(Locale.ROOT, "%.1f", seconds / rows * 1e6);
    }
}
