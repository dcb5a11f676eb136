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
        jdbc.sql("""
                insert into pennylane_sync.quarantine (company_id, stream, kind, subject, reason) values (?, ?, 'BATCH', ?, ?)
                on conflict (company_id, stream, kind, parent_id, record_id, subject)
                do update set last_seen_at = now(), resolved_at = null, reason = excluded.reason""")
                .params(at.companyId(), at.stream(), at.pass().label() + " " + at.position().batchKey(), reason).update();
    }
}
