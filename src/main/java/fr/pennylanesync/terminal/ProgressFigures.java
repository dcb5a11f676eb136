package fr.pennylanesync.terminal;

import java.time.Duration;
import java.util.Optional;

/**
 * Holds how far a sync is.
 *
 * @param budget the part of the request budget that is used, from 0 to 1
 * @param isListing whether lists are still read, whose length nobody knows before their end
 * @param recordsLeft how long the records take that are known to be due
 * @param subListsLeft the same of sub-lists; more of them become known while lists are read
 * @param filesWaiting files that are to be archived behind the records
 */
public record ProgressFigures(int companiesDone, int companies, int streamsDone, int streams, long rows, long requests,
        double budget, boolean isListing, Optional<Duration> recordsLeft, Optional<Duration> subListsLeft,
        long filesWaiting) {

    public ProgressFigures {
        if (companies < 0 || streams < 0 || rows < 0 || requests < 0 || filesWaiting < 0) {
            throw new IllegalArgumentException("progress is counted from 0");
        }
    }
}
