package fr.pennylanesync.archive;

import fr.pennylanesync.api.page.Condition;
import java.time.Duration;

/**
 * Decides how many records are asked for at once, so that the last URL is used while it is young: measured, batch by
 * batch.
 */
final class AdaptiveBatchSize {

    /** Bounds when the last URL of a batch should be used: half of what Pennylane's links are trusted for here. */
    private static final Duration USED_WITHIN = Duration.ofSeconds(25);
    private static final int GROWTH_MAX = 2;

    private int records = Condition.LARGEST_LIST;

    int records() {
        return records;
    }

    /** @param elapsed from the answer with the URLs to the end of the last of their files */
    void measured(int recordCount, Duration elapsed) {
        if (recordCount == 0) {
            return;
        }
        double perSecond = recordCount / Math.max(elapsed.toMillis() / 1000.0, 0.001);
        long fitting = (long) (perSecond * USED_WITHIN.toSeconds());
        records = (int) Math.max(1, Math.min(Math.min(fitting, Condition.LARGEST_LIST), (long) records * GROWTH_MAX));
    }
}
