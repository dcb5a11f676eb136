package fr.pennylanesync.plan;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.state.StreamLifecycle.Standing;
import fr.pennylanesync.landing.state.StreamStates.StreamProgress;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what a round of a company's sync finds as it begins, for all its streams at once: most syncs find nothing new,
 * and what each stream asks of the warehouse is most of what they cost.
 *
 * @param standings how each stream stands, by its name
 * @param positions where each changelog stands, by the name of its checkpoint
 */
public record RoundStart(Map<String, Standing> standings, Map<String, Checkpoint> positions) {

    static final RoundStart NOTHING = new RoundStart(Map.of(), Map.of());

    public RoundStart {
        standings = Map.copyOf(standings);
        positions = Map.copyOf(positions);
    }

    /** Returns how far a stream is in its life. */
    StreamProgress progress(String stream) {
        return Optional.ofNullable(standings.get(stream)).map(Standing::progress).orElse(StreamProgress.NEW);
    }
}
