package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.privacy.EventLog;
import fr.pennylanesync.privacy.SyncEvent;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Batch;
import fr.pennylanesync.warehouse.DueList;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import fr.pennylanesync.warehouse.Quarantine;
import fr.pennylanesync.warehouse.UnseenRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a complete walk does with the rows that it did not see. Where records can be asked for by id, each is asked for again before it
 * counts as deleted. A sweep that would delete too much deletes nothing until it is confirmed: lost rights look exactly like it.
 */
final class Sweep {

    private static final EventLog LOG = EventLog.of(Sweep.class);

    /** Both must be exceeded for a sweep to stop. */
    private static final double SHARE_MAX = 0.05;
    private static final int ROWS_MAX = 20;
    private static final int ASKED_ALONE_MAX = 100;

    private final UnseenRows rows;
    private final DueList due;
    private final Quarantine quarantine;
    private final boolean confirmed;

    Sweep(UnseenRows rows, DueList due, Quarantine quarantine, boolean confirmed) {
        this.rows = rows;
        this.due = due;
        this.quarantine = quarantine;
        this.confirmed = confirmed;
    }

    /**
     * Lands the last page of the walk together with what follows from the rows that no page held.
     *
     * @param stands where the walk's checkpoint is
     */
    LandedBatch landLast(Landing landing, Batch last, Dependents dependents, Checkpoint stands) {
        StreamDefinition stream = last.stream();
        List<Long> unseen = rows.unseen(stream, last.from(), last.records());
        if (!confirmed && isTooMuch(unseen.size(), rows.live(stream, last.from().companyId()))) {
            quarantine.sweep(last.from(), unseen.size());
            LOG.log(new SyncEvent.SweepStopped(last.from().companyId(), stream.name(), Quarantine.SWEEP_WOULD_DELETE,
                    unseen.size(), "check the token's rights, then sync --pass sweep --confirm"));
            return landing.land(last, dependents, stands, new Position.Ended());
        }
        quarantine.sweepAccepted(last.from());
        if (!stream.reading().selectableById()) {
            return landing.land(Batch.page(stream, last.from(), last.records(), unseen, last.included(), last.requestsUsed()), dependents,
                    stands, new Position.Ended());
        }
        LandedBatch landed = landing.land(last, dependents, stands, new Position.Ended());
        Map<Long, Boolean> gone = new HashMap<>();
        // A few are asked for one by one: "forbidden" is no deletion. Of many the two lists are believed that do not hold them.
        unseen.forEach(id -> gone.put(id, unseen.size() > ASKED_ALONE_MAX));
        due.add(last.from().companyId(), stream.name(), gone, landed.id());
        return landed;
    }

    /** Whether so many of the rows that are here may not go without somebody's word. */
    static boolean isTooMuch(long unseen, long live) {
        return unseen > ROWS_MAX && unseen > SHARE_MAX * live;
    }
}
