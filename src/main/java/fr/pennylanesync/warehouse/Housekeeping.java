package fr.pennylanesync.warehouse;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;

/** Tells what the job {@code housekeeping} removed; its statements stand in the job's own route. */
public final class Housekeeping {

    private static final EventLog LOG = EventLog.of(Housekeeping.class);

    public void done(long seenEvents, long resolvedCases, long endedAlarms) {
        LOG.log(new WarehouseEvent.HousekeepingDone(seenEvents, resolvedCases, endedAlarms));
    }
}
