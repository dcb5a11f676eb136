package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.state.InferredDeletions;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.table.UnseenRows;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Decides whether the rows that a whole reading did not hold may go: all of them, or none. It is asked once, before the
 * first of them goes, and counts what went in the same way within the last days: lost rights look exactly like mass
 * deletion, and may come about bit by bit.
 */
public final class DeletionDecision {

    private static final EventLog LOG = EventLog.of(DeletionDecision.class);

    private final StreamDefinition stream;
    private final SweepGuard guard;
    private final UnseenRows rows;
    private final Quarantine quarantine;
    private final InferredDeletions deletions;

    /** @param guard knows how many rows may go */
    public DeletionDecision(JdbcClient jdbc, StreamDefinition stream, SweepGuard guard) {
        this.stream = stream;
        this.guard = guard;
        this.rows = new UnseenRows(jdbc);
        this.quarantine = new Quarantine(jdbc);
        this.deletions = new InferredDeletions(jdbc);
    }

    /**
     * Says whether the rows may go. If so they are noted; if not the stream's sweep stands stopped until a later one
     * finds fewer, or somebody confirms it.
     *
     * @param sweep names company, stream and pass
     * @param unseen all that would go
     */
    public boolean allows(Checkpoint sweep, Collection<Long> unseen) {
        if (stops(sweep.companyId(), unseen)) {
            quarantine.sweep(sweep, unseen.size());
            LOG.log(new SyncEvent.SweepStopped(sweep.companyId(), stream.name(), Quarantine.SWEEP_WOULD_DELETE,
                    unseen.size(),
                    "check the rights of the token, or of the share's login, then sync --pass sweep --confirm"));
            return false;
        }
        if (guard.confirmed()) {
            deletions.confirmed(sweep.companyId(), stream.name());
        } else {
            deletions.add(sweep.companyId(), stream.name(), unseen);
        }
        return true;
    }

    private boolean stops(long companyId, Collection<Long> unseen) {
        return !unseen.isEmpty()
                && guard.stops(unseen.size(), rows.live(stream, companyId), deletions.count(stream, companyId));
    }
}
