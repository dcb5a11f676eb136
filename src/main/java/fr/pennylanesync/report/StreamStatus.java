package fr.pennylanesync.report;

import fr.pennylanesync.stream.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Holds the state of one stream of one company.
 *
 * @param position of the pass that moved last: its name and where it stands
 * @param age since the last success
 * @param lag how old a change at Pennylane may be that is not here yet; empty while the first reading goes on, when all
 * may be missing
 * @param rows that are not deleted
 * @param due records or parents that wait to be read
 * @param quarantined entries that are not resolved
 * @param missed changes that no event had announced
 * @param leftOut sub-lists, or files, of records before {@code since}
 * @param since the date from which on they are read, by the configuration
 * @param notPermitted the scope that the token lacks for it
 * @param contradicted the proofs of sub-lists that were wrong once, and are not used any more
 */
public record StreamStatus(String stream, StreamState state, Optional<String> position, Optional<Instant> succeededAt,
        Optional<Duration> age,
        Optional<Duration> lag, long rows, long due, long quarantined, long missed, Optional<String> error,
        Optional<String> notPermitted, Optional<String> contradicted, long leftOut, Optional<LocalDate> since) {

    StreamStatus withoutError() {
        return new StreamStatus(stream, state, position, succeededAt, age, lag, rows, due, quarantined, missed,
                Optional.empty(), notPermitted, contradicted, leftOut, since);
    }

    StreamStatus withLag(Optional<Duration> other) {
        return new StreamStatus(stream, state, position, succeededAt, age, other, rows, due, quarantined, missed, error,
                notPermitted, contradicted, leftOut, since);
    }
}
