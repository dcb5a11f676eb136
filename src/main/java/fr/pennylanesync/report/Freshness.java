package fr.pennylanesync.report;

import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.time.Instant;
import java.util.Optional;

/**
 * Says how fresh one stream of one company is, in the two terms that everything else uses. Its <em>age</em> is the time
 * since a sync of it last came to its end. Its <em>lag</em> is how old a change at Pennylane may be that is not here
 * yet: what changed before {@link #completeUpTo} is here.
 *
 * @param succeededAt since when its age counts
 * @param completeUpTo since when its lag counts; empty while the first reading goes on, when all may be missing
 */
record Freshness(Optional<Instant> succeededAt, Optional<Instant> completeUpTo) {

    /**
     * Computes both. What is due was known at the last success at the latest; else the source was last asked about the
     * whole stream by its changelog, or by a sweep.
     *
     * @param drainedAt when the last of its changelogs was read to its end
     */
    static Freshness of(StreamDefinition stream, StreamState state, Optional<Instant> succeededAt,
            Optional<Instant> sweptAt, Optional<Instant> drainedAt, boolean someIsDue) {
        if (state != StreamState.LIVE) {
            return new Freshness(succeededAt, Optional.empty());
        }
        Optional<Instant> asked = stream.isChild() ? Optional.empty()
                : stream.changelog().isPresent() ? drainedAt : sweptAt;
        return new Freshness(succeededAt, someIsDue
                ? asked.filter(at -> succeededAt.filter(at::isAfter).isEmpty()).or(() -> succeededAt)
                : asked);
    }

    /** A live child with nothing due of its own is as complete as its parent. */
    static boolean followsParent(StreamState state, long due) {
        return state == StreamState.LIVE && due == 0;
    }
}
