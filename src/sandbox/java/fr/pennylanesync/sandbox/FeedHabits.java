package fr.pennylanesync.sandbox;

import java.time.Duration;

/**
 * What the change feeds do that Pennylane does not document.
 *
 * @param quietChildren whether a change of a record's lines, payments, matches, appendices, contacts or categories
 * stays without an {@code update} of the record; otherwise it raises one
 * @param exclusiveStart whether {@code start_date} leaves out the events of that very instant
 * @param lateProbability the share of events that become visible only some time after they were processed
 * @param longestDelay how late a late event is at most; at least 1 ms
 * @param repeatProbability the share of events that are announced twice
 */
public record FeedHabits(boolean quietChildren, boolean exclusiveStart, double lateProbability, Duration longestDelay,
        double repeatProbability) {

    /** Nothing undocumented goes wrong. */
    public static final FeedHabits DOCUMENTED = new FeedHabits(false, false, 0, Duration.ofSeconds(30), 0);

    public FeedHabits {
        requireProbability("late events", lateProbability);
        requireProbability("repeated events", repeatProbability);
        if (longestDelay.toMillis() < 1) {
            throw new IllegalArgumentException("the longest delay of an event must be at least 1 ms");
        }
    }

    private static void requireProbability(String name, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("the probability of " + name + " must be between 0 and 1, not "
                    + probability);
        }
    }
}
