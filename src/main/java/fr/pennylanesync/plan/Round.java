package fr.pennylanesync.plan;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.FeedCheckpoints;
import fr.pennylanesync.landing.state.StreamLifecycle;
import fr.pennylanesync.landing.state.StreamLifecycle.Standing;
import fr.pennylanesync.landing.state.StreamStates.StreamProgress;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Holds what a round of a company's sync finds as it begins, and what it found silent, for all its streams at once:
 * most syncs find nothing new, and what each stream asks of the warehouse is most of what they cost. Safe for the
 * threads of the streams.
 */
public final class Round {

    private final Map<String, Standing> standings;
    private final Map<String, Checkpoint> positions;
    private final LongSupplier nanoTime;
    private final long begunAt;
    private final List<StreamDefinition> passedOver = new ArrayList<>();
    private final List<Checkpoint> silent = new ArrayList<>();

    /**
     * Begins a round.
     *
     * @param standings how each stream stands, by its name
     * @param positions where each changelog stands, by the name of its checkpoint
     * @param nanoTime measures how long the round takes
     */
    public Round(Map<String, Standing> standings, Map<String, Checkpoint> positions, LongSupplier nanoTime) {
        this.standings = Map.copyOf(standings);
        this.positions = Map.copyOf(positions);
        this.nanoTime = nanoTime;
        this.begunAt = nanoTime.getAsLong();
    }

    /** Returns how far a stream is in its life. */
    StreamProgress progress(String stream) {
        return standing(stream).map(Standing::progress).orElse(StreamProgress.NEW);
    }

    /** Tells whether nothing but a changelog or a sweep could ask for more of the stream as the round began. */
    boolean isIdle(StreamDefinition stream) {
        return standing(stream.name()).filter(Standing::isIdle).isPresent();
    }

    private Optional<Standing> standing(String stream) {
        return Optional.ofNullable(standings.get(stream));
    }

    /** Returns where each changelog stands, by the name of its checkpoint. */
    Map<String, Checkpoint> positions() {
        return positions;
    }

    /** Leaves streams out: nothing of them has to be read. */
    synchronized void passOver(Collection<StreamDefinition> streams) {
        passedOver.addAll(streams);
    }

    /** Nothing lay behind this position of a changelog. */
    synchronized void silent(Checkpoint position) {
        silent.add(position);
    }

    /**
     * Notes what was left out as up to date, unless something of it has become due meanwhile, and silent changelogs as
     * looked at: both as of when the round began, since what came to pass later may lie behind what was read. Again, it
     * does nothing.
     */
    synchronized void end(long companyId, StreamLifecycle states, FeedCheckpoints feeds) {
        Duration ago = Duration.ofNanos(nanoTime.getAsLong() - begunAt);
        if (!silent.isEmpty()) {
            feeds.touch(companyId, silent, ago);
            silent.clear();
        }
        if (!passedOver.isEmpty()) {
            states.passOver(companyId, passedOver, ago);
            passedOver.clear();
        }
    }
}
