package fr.pennylanesync.pass;

import fr.pennylanesync.stream.Pass;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a sync is asked to do.
 *
 * @param pass one pass, whatever is due; empty: what is due
 * @param confirmed whether a sweep may delete more than its guard allows
 * @param sweepInterval how often a complete walk looks for deletions, for a stream whose changelog tells of them too
 * @param sweepIntervalWithoutFeed the same where there is no changelog: all that such a stream is kept fresh by
 * @param onlyRecords nothing but the records and sub-lists that are due, and the months
 * @param months of the data sharing that are to be read again, as {@code 2026-01}; the empty text: rows without a date
 */
public record Demand(Optional<Pass> pass, boolean confirmed, Duration sweepInterval, Duration sweepIntervalWithoutFeed, boolean onlyRecords,
        List<String> months) {

    public Demand {
        months = List.copyOf(months);
    }

    public Demand(Optional<Pass> pass, boolean confirmed, Duration sweepInterval, Duration sweepIntervalWithoutFeed) {
        this(pass, confirmed, sweepInterval, sweepIntervalWithoutFeed, false, List.of());
    }

    /** Months of the data sharing, and the records that are due. */
    public static Demand forMonths(List<String> months) {
        return new Demand(Optional.empty(), false, Duration.ZERO, Duration.ZERO, true, months);
    }

    /** Only the records and sub-lists that became due while others were read. */
    public Demand forRecords() {
        return new Demand(Optional.empty(), confirmed, sweepInterval, sweepIntervalWithoutFeed, true, List.of());
    }
}
