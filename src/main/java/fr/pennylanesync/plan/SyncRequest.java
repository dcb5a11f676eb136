package fr.pennylanesync.plan;

import fr.pennylanesync.landing.state.StreamStates.StreamProgress;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks a sync for something: for what is due, for one pass, or for months of the data sharing.
 *
 * @param pass one pass, whatever is due; empty: what is due
 * @param confirmed whether a sweep may delete more than its guard allows
 * @param sweepInterval how often a complete walk looks for deletions, for a stream whose changelog tells of them too
 * @param sweepIntervalWithoutFeed the same where there is no changelog: all that such a stream is kept fresh by
 * @param onlyRecords nothing but the records and sub-lists that are due, and the months
 * @param months of the data sharing that are to be read again, as {@code 2026-01}; the empty text: rows without a date
 */
public record SyncRequest(Optional<PassKind> pass, boolean confirmed, Duration sweepInterval,
        Duration sweepIntervalWithoutFeed, boolean onlyRecords,
        List<String> months) {

    public SyncRequest {
        months = List.copyOf(months);
    }

    public SyncRequest(Optional<PassKind> pass, boolean confirmed, Duration sweepInterval,
            Duration sweepIntervalWithoutFeed) {
        this(pass, confirmed, sweepInterval, sweepIntervalWithoutFeed, false, List.of());
    }

    /** Months of the data sharing, and the records that are due. */
    public static SyncRequest forMonths(List<String> months) {
        return new SyncRequest(Optional.empty(), false, Duration.ZERO, Duration.ZERO, true, months);
    }

    /** Asks for whatever is due, once what was asked for is read. */
    public SyncRequest forWhatIsDue() {
        return new SyncRequest(Optional.empty(), confirmed, sweepInterval, sweepIntervalWithoutFeed);
    }

    /** Only the records and sub-lists that became due while others were read. */
    public SyncRequest forRecords() {
        return new SyncRequest(Optional.empty(), confirmed, sweepInterval, sweepIntervalWithoutFeed, true, List.of());
    }

    /**
     * Tells whether a complete walk is to look for deletions. After a sweep that was stopped the shorter interval
     * counts: rights that came back are to be noticed the same day.
     */
    boolean isSweepDue(StreamDefinition stream, StreamProgress known) {
        boolean rarely = stream.changelog().isPresent() && known.sweepStopped().isEmpty();
        Duration interval = rarely ? sweepInterval : sweepIntervalWithoutFeed;
        return known.sweptAt().orElse(Instant.EPOCH).plus(interval).isBefore(Instant.now());
    }
}
