package fr.pennylanesync.landing.state;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells in the log what a transaction sets aside and what it brings back: once each, and nothing of what it holds. Of
 * many only the first are named.
 */
public final class QuarantineChanges {

    static final int NAMED_MAX = 20;

    private static final EventLog LOG = EventLog.of(QuarantineChanges.class);

    /** @param others how many changes of the transaction there are beside those that are named */
    private record Change(long companyId, String alias, String stream, String kind, String reason, long parentId,
            long recordId, boolean open, long others) {

        private static Change read(ResultSet row, int number) throws SQLException {
            return new Change(row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5),
                    row.getLong(6), row.getLong(7), row.getBoolean(8), Math.max(0, row.getLong(9) - NAMED_MAX));
        }
    }

    private final JdbcClient jdbc;

    public QuarantineChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Looks for what the transaction under way has changed: entries bear its time.
     *
     * @return what tells it, once the transaction is committed
     */
    public Runnable ofThisTransaction() {
        List<Change> changes = jdbc.sql("""
                select q.company_id, coalesce(c.alias, ''), q.stream, q.kind, q.reason, q.parent_id, q.record_id,
                    q.resolved_at is null, count(*) over ()
                from pennylane_sync.quarantine q left join pennylane_sync.company c on c.id = q.company_id
                where q.first_seen_at = now() and q.resolved_at is null
                    or q.resolved_at = now() and q.first_seen_at < now()
                order by q.id limit ?""").param(NAMED_MAX).query(Change::read).list();
        return () -> changes.forEach(QuarantineChanges::tell);
    }

    /** Tells of a batch that is set aside by itself, when nothing else of it is. */
    void batch(Checkpoint at, String reason) {
        String alias = jdbc.sql("select alias from pennylane_sync.company where id = ?").param(at.companyId())
                .query(String.class).optional().orElse("");
        LOG.log(new SyncEvent.ItemSetAside(at.companyId(), alias, at.stream(), "BATCH", reason, 0, 0, 0));
    }

    private static void tell(Change change) {
        if (change.open()) {
            LOG.log(new SyncEvent.ItemSetAside(change.companyId(), change.alias(), change.stream(), change.kind(),
                    change.reason(), change.parentId(), change.recordId(), change.others()));
        } else {
            LOG.log(new SyncEvent.ItemBack(change.companyId(), change.alias(), change.stream(), change.kind(),
                    change.reason(), change.parentId(), change.recordId(), change.others()));
        }
    }
}
