package fr.pennylanesync.archive;

import fr.pennylanesync.api.Condition;
import java.time.Duration;

/** How many files are asked for at once, so that the last URL is used while it is young: measured, batch by batch. */
final class BatchSize {

    /** When the last URL of a batch should be used: half of what Pennylane's links are trusted for here. */
    private static final Duration USED_WITHIN = Duration.ofSeconds(25);
    private static final int GROWTH_MAX = 2;

    private int files = Condition.LARGEST_LIST;

    int files() {
        return files;
    }

    /** @param elapsed from the answer with the URLs to the last file's end */
    void measured(int fileCount, Duration elapsed) {
        if (fileCount == 0) {
            return;
        }
        double perSecond = fileCount / Math.max(elapsed.toMillis() / 1000.0, 0.001);
        long fitting = (long) (perSecond * USED_WITHIN.toSeconds());
        files = (int) Math.max(1, Math.min(Math.min(fitting, Condition.LARGEST_LIST), (long) files * GROWTH_MAX));
    }
}
