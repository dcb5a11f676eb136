package fr.pennylanesync.warehouse;

import fr.pennylanesync.checkpoint.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.quarantine}: what was set aside and why; nothing is dropped for it and nothing waits for it. */
public final class Quarantine {

    private final JdbcClient jdbc;

    public Quarantine(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lists the columns that a value did not fit, and resolves earlier entries of the same records whose values now do. */
    void columns(long companyId, String stream, List<StreamRecord> records) {
        List<Long> parents = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (StreamRecord record : records) {
            for (String column : record.misfits()) {
                parents.add(record.parentId());
                ids.add(record.id());
                columns.add(column);
            }
        }
        resolve(companyId, stream, records);
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into pennylane_sync.quarantine (company_id, stream, kind, parent_id, record_id, subject, reason)
                select ?, ?, 'COLUMN', u.parent, u.id, u.name, 'VALUE_DOES_NOT_FIT'
                from unnest(?::bigint[], ?::bigint[], ?::text[]) u(parent, id, name)
                on conflict (company_id, stream, kind, parent_id, record_id, subject)
                do update set last_seen_at = now(), resolved_at = null""")
                .params(companyId, stream, parents.toArray(Long[]::new), ids.toArray(Long[]::new), columns.toArray(String[]::new)).update();
    }

    private void resolve(long companyId, String stream, List<StreamRecord> records) {
        jdbc.sql("""
                update pennylane_sync.quarantine q set resolved_at = now() from unnest(?::bigint[], ?::bigint[]) u(parent, id)
                where q.company_id = ? and q.stream = ? and q.kind = 'COLUMN' and q.parent_id = u.parent and q.record_id = u.id
                  and q.resolved_at is null""")
                .params(records.stream().map(StreamRecord::parentId).toArray(Long[]::new),
                        records.stream().map(StreamRecord::id).toArray(Long[]::new), companyId, stream).update();
    }

    /** Sets a whole batch aside: its position stays unread until somebody retries it. */
    public void batch(Checkpoint at, String reason) {
        put(at, "BATCH", 0, at.pass().label() + " " + at.position().batchKey(), reason);
    }

    /** Sets a sweep aside that would have deleted too much: nothing is deleted until it is run again and confirmed. */
    public void sweep(Checkpoint at, int unseenCount) {
        put(at, "BATCH", 0, "sweep", "SWEEP_WOULD_DELETE " + unseenCount);
    }

    public void sweepAccepted(Checkpoint at) {
        accepted(at, "sweep");
    }

    private void accepted(Checkpoint at, String subject) {
        jdbc.sql("""
                update pennylane_sync.quarantine set resolved_at = now()
                where company_id = ? and stream = ? and kind = 'BATCH' and subject = ? and resolved_at is null""")
                .params(at.companyId(), at.stream(), subject).update();
    }

    /** Sets a partition of the data sharing aside: what was landed of it is not what the share says it holds. */
    public void partition(Checkpoint at, String month, String reason) {
        put(at, "BATCH", 0, "partition " + month, reason);
    }

    public void partitionAccepted(Checkpoint at, String month) {
        accepted(at, "partition " + month);
    }

    /** Sets a record aside that the source tells of and does not hand out. */
    public void record(Checkpoint at, long recordId, String reason) {
        put(at, "RECORD", recordId, "", reason);
    }

    private void put(Checkpoint at, String kind, long recordId, String subject, String reason) {
        jdbc.sql("""
                insert into pennylane_sync.quarantine (company_id, stream, kind, record_id, subject, reason) values (?, ?, ?, ?, ?, ?)
                on conflict (company_id, stream, kind, parent_id, record_id, subject)
                do update set last_seen_at = now(), resolved_at = null, reason = excluded.reason""")
                .params(at.companyId(), at.stream(), kind, recordId, subject, reason).update();
    }
}
