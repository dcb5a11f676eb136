package fr.pennylanesync.warehouse;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes what nobody will ask for again. The job {@code housekeeping} calls it; several nodes may do so at once. */
public final class Housekeeping {

    private static final EventLog LOG = EventLog.of(Housekeeping.class);
    /** A feed whose position is older than 27 days is begun anew: no event before it is compared any more. */
    private static final String EVENTS_KEPT = "35 days";
    private static final String CASES_KEPT = "1 year";

    private final JdbcClient jdbc;

    public Housekeeping(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void run() {
        int events = jdbc.sql("delete from pennylane_sync.seen_event where processed_at < now() - cast(? as interval)")
                .param(EVENTS_KEPT).update();
        int cases = jdbc.sql("delete from pennylane_sync.quarantine where resolved_at < now() - cast(? as interval)")
                .param(CASES_KEPT).update();
        LOG.log(new WarehouseEvent.HousekeepingDone(events, cases));
    }
}
