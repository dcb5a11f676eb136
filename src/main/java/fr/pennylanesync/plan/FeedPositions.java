package fr.pennylanesync.plan;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.ClockReading;
import fr.pennylanesync.checkpoint.Position;
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
    private final Map<String, Optional<Checkpoint>> known = new HashMap<>();

    /** @param positions where the company's feeds stand, by the names of their checkpoints */
    FeedPositions(long companyId, StreamDefinition stream, SyncPlan.Parts parts, Map<String, Checkpoint> positions) {
        this.companyId = companyId;
        this.stream = stream;
        this.passes = parts.passes();
        this.states = parts.states();
        this.clock = parts.clock();
        stream.feeds().keySet()
                .forEach(feed -> known.put(feed, Optional.ofNullable(positions.get(Checkpoint.feed(feed)))));
    }

    /** Returns where a history that is begun now will be caught up from, but for the overlap. */
    Instant historyBegin() {
        return clock.read().passed();
    }

    /** Returns the same for a history whose changelog the API has just refused as too old. */
    Instant historyBeginAfterRefusal() {
        return clock.read().passedAfterRefusal();
    }

    /** Takes a feed up where it stood when it was judged, or begins it; it moves from there. */
    Checkpoint take(String feed) {
        Optional<Checkpoint> at = at(feed);
        known.remove(feed);
        return at.orElseGet(() -> passes.begin(companyId, feed, start()));
    }

    /** Lets every feed begin anew. */
    void forget() {
        known.clear();
        stream.feeds().keySet().forEach(feed -> passes.forget(companyId, feed));
    }

    private Instant start() {
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
        known.clear();
    }

    private Optional<Instant> drainedTo(String feed) {
        return at(feed).map(at -> ((Position.Drained) at.position()).processedAt());
    }

    /** Nobody but this plan moves a position, and it takes it then. */
    private Optional<Checkpoint> at(String feed) {
        return known.computeIfAbsent(feed, name -> passes.position(companyId, name));
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
