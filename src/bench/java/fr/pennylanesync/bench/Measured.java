package fr.pennylanesync.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

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

    /** Returns the medians, each figure's own. */
    static Measured median(List<Measured> runs) {
        return new Measured(median(runs, Measured::seconds), median(runs, Measured::server),
                median(runs, Measured::java), median(runs, Measured::share));
    }

    private static double median(List<Measured> runs, ToDoubleFunction<Measured> figure) {
        return runs.stream().mapToDouble(figure).sorted().toArray()[runs.size() / 2];
    }

    /** Returns seconds for all rows as microseconds for each. */
    static String micros(double seconds, int rows) {
        return String.format(Locale.ROOT, "%.1f", seconds / rows * 1e6);
    }
}
