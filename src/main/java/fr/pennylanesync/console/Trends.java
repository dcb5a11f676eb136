package fr.pennylanesync.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps lag and use of the budget of each company over the last two days, as this process saw them: a value every ten
 * minutes, the worst of these. A new process begins anew.
 */
final class Trends {

    static final Duration STEP = Duration.ofMinutes(10);
    static final int VALUES = 288;

    /**
     * One value.
     *
     * @param lagSeconds below zero where it is not known
     * @param utilisation of the request budget, 0 to 1
     */
    record Trend(Instant at, double lagSeconds, double utilisation) {}

    private static final class Ring {

        private final float[] lags = new float[VALUES];
        private final float[] budgets = new float[VALUES];
        private final long[] steps = new long[VALUES];

        synchronized void note(long step, double lag, double budget) {
            int place = (int) (step % VALUES);
            boolean fresh = steps[place] != step;
            steps[place] = step;
            lags[place] = (float) (fresh ? lag : Math.max(lags[place], lag));
            budgets[place] = (float) (fresh ? budget : Math.max(budgets[place], budget));
        }

        synchronized List<Trend> since(long first) {
            List<Trend> all = new ArrayList<>();
            for (long step = first; step < first + VALUES; step++) {
                int place = (int) (step % VALUES);
                if (steps[place] == step) {
                    all.add(new Trend(Instant.ofEpochSecond(step * STEP.toSeconds()), lags[place], budgets[place]));
                }
            }
            return all;
        }
    }

    private final Map<Long, Ring> rings = new ConcurrentHashMap<>();

    void note(long company, Instant at, double lagSeconds, double utilisation) {
        rings.computeIfAbsent(company, any -> new Ring()).note(step(at), lagSeconds, utilisation);
    }

    /** Returns the values of the last two days, oldest first. */
    List<Trend> of(long company, Instant now) {
        Ring ring = rings.get(company);
        return ring == null ? List.of() : ring.since(step(now) - VALUES + 1);
    }

    private static long step(Instant at) {
        return at.getEpochSecond() / STEP.toSeconds();
    }
}
