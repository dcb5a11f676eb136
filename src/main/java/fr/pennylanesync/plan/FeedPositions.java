package fr.pennylanesync.plan;

import fr.pennylanesync.checkpoint.ClockReading;
import fr.pennylanesync.checkpoint.PositionClock;
import fr.pennylanesync.landing.state.StreamLifecycle;
import fr.pennylanesync.landing.state.StreamStates.StreamProgress;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges the positions in the changelogs of one stream of one company, and the beginning of its history, by clocks. */
final class FeedPositions {

    /** Pennylane keeps changelogs for four weeks; a day of margin. */
    static final Duration RETENTION = Duration.ofDays(27);
    /**
     * The replay begins so long before the history: for what happened between the reading of the clocks and the first
     * page.
     */
    static final Duration CATCH_UP_OVERLAP = Duration.ofMinutes(15);

    private static final EventLog LOG = EventLog.of(FeedPositions.class);
    private static final Set<StreamState> HISTORY_MATTERS = Set.of(StreamState.HISTORY, StreamState.CATCH_UP);

    private final long companyId;
    private final StreamDefinition stream;
    private final PassFactory passes;
    private final StreamLifecycle states;
    private final PositionClock clock;
    private final Map<String, Optional<Instant>> drained = new HashMap<>();

    FeedPositions(long companyId, StreamDefinition stream, PassFactory passes, StreamLifecycle states,
            PositionClock clock) {
        this.companyId = companyId;
        this.stream = stream;
        this.passes = passes;
        this.states = states;
        this.clock = clock;
    }

    /** Returns where a history that is begun now will be caught up from, but for the overlap. */
    Instant historyBegin() {
        return clock.read().passed();
    }

    /** Returns the same for a history whose changelog the API has just refused as too old. */
    Instant historyBeginAfterRefusal() {
        return clock.read().passedAfterRefusal();
    }

    /** Returns where a feed without a position begins. */
    Instant start() {
        Duration overlap = progress().historySource() == Source.SHARE ? passes.share().lag() : CATCH_UP_OVERLAP;
        return progress().historyBeganAt().orElseGet(this::historyBegin).minus(overlap);
    }

    /** Tells whether the API no longer has all events behind a position, as several clocks agree. */
    boolean areBehindRetention() {
        return areBefore(clock.read().passed().minus(RETENTION));
    }

    /** Tells whether the API's clock says so alone: that it has refused a position confirms it. */
    boolean areRefusedForTheirAge() {
        clock.refused();
        return clock.read().api().map(date -> areBefore(date.minus(RETENTION))).orElse(false);
    }

    private boolean areBefore(Instant oldest) {
        return stream.feeds().keySet().stream()
                .anyMatch(feed -> drainedTo(feed).orElseGet(this::start).isBefore(oldest));
    }

    /** Positions have moved since they were judged. */
    void readAnew() {
        drained.clear();
    }

    /** A plan judges the positions before it moves any of them. */
    private Optional<Instant> drainedTo(String feed) {
        return drained.computeIfAbsent(feed, name -> passes.drainedTo(companyId, name));
    }

    /**
     * Tells whether a position, or the beginning of a history that is not caught up yet, is ahead of what time it can
     * be. A clock that was wrong has put it there, and what happened before it may have been missed.
     *
     * @param known how far the stream is
     */
    boolean areImpossible(StreamProgress known) {
        ClockReading now = clock.read();
        return stream.changelog().isPresent() && (isBeginImpossible(known, now)
                || stream.feeds().keySet().stream().anyMatch(feed -> isImpossible(feed, now)));
    }

    private boolean isBeginImpossible(StreamProgress known, ClockReading now) {
        return HISTORY_MATTERS.contains(known.state()) && known.historyBeganAt().filter(now::isAhead)
                .filter(begin -> isImpossible(begin, states.beganUnfounded(companyId, stream.name()), now)).isPresent();
    }

    private boolean isImpossible(String feed, ClockReading now) {
        return drainedTo(feed).filter(now::isAhead)
                .filter(position -> isImpossible(position, passes.isUnfounded(companyId, feed), now)).isPresent();
    }

    private boolean isImpossible(Instant position, boolean unfounded, ClockReading now) {
        boolean impossible = now.isImpossible(position, unfounded);
        if (impossible) {
            LOG.log(new SyncEvent.PositionAhead(companyId, stream.name(),
                    Duration.between(now.passed(), position).toSeconds()));
        }
        return impossible;
    }

    private StreamProgress progress() {
        return states.progress(companyId, stream.name());
    }
}
