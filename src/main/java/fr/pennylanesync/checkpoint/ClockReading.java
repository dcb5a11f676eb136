package fr.pennylanesync.checkpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds what the clocks said at one moment. None of them is believed alone: an instant has passed if the API's clock
 * and one of the two others say so, and a position that is ahead of all of them is impossible.
 *
 * @param api empty if no answer had a date that can be read
 */
public record ClockReading(Optional<Instant> api, Instant database, Instant own) {

    /**
     * The API keeps its changelogs for four weeks. Where its clock is further ahead of the others than that, less a
     * day, it would refuse every position that they allow, so it alone can say where a changelog begins.
     */
    private static final Duration API_DECIDES = Duration.ofDays(27);

    /** Returns the reading of clocks that agree. */
    public static ClockReading agreed(Instant now) {
        return new ClockReading(Optional.of(now), now, now);
    }

    /** Returns the instant that has passed by the API's clock and by one of the two others, or by these two. */
    public Instant passed() {
        return api.map(date -> earlier(date, later(database, own))).orElseGet(() -> earlier(database, own));
    }

    /** Returns the latest that any clock says. */
    public Instant latest() {
        return later(api.orElse(own), later(database, own));
    }

    /** Returns where a history begins whose changelog was refused as too old just now. */
    public Instant passedAfterRefusal() {
        return apiDecides() ? api.orElseThrow() : passed();
    }

    /** Tells whether any clock is behind a position: where none is, nothing more need be known of it. */
    public boolean isAhead(Instant position) {
        Instant earliest =
                api.map(date -> earlier(date, earlier(database, own))).orElseGet(() -> earlier(database, own));
        return position.minus(PositionClock.TOLERANCE).isAfter(earliest);
    }

    /**
     * Tells whether a position cannot be: it is ahead of all clocks, or, where nothing speaks for it, ahead of two.
     *
     * @param unfounded whether it was ahead of the database's clock already when it was stored, and is no event's
     */
    public boolean isImpossible(Instant position, boolean unfounded) {
        Instant tolerated = position.minus(PositionClock.TOLERANCE);
        return tolerated.isAfter(latest()) || unfounded && tolerated.isAfter(majority()) && !apiDecides();
    }

    private Instant majority() {
        return api.map(date -> Stream.of(date, database, own).sorted().skip(1).findFirst().orElseThrow())
                .orElseGet(() -> later(database, own));
    }

    private boolean apiDecides() {
        return api.filter(date -> date.isAfter(later(database, own).plus(API_DECIDES))).isPresent();
    }

    /** Returns how far the API's clock is ahead of this machine's. */
    Duration apiAhead() {
        return Duration.between(own, api.orElse(own));
    }

    /** Returns how far the database's clock is ahead of this machine's. */
    Duration databaseAhead() {
        return Duration.between(own, database);
    }

    /** Returns how far the clocks lie apart. */
    Duration spread() {
        Instant earliest = earlier(api.orElse(own), earlier(database, own));
        return Duration.between(earliest, latest());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
