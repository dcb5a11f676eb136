package fr.pennylanesync.landing.table;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the rows of a stream that no batch of a complete walk held. */
public final class UnseenRows {

    private final JdbcClient jdbc;

    public UnseenRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Rows that were here before the walk began and that no page of it held; those that changed while it ran are none
     * of its business, nor are those whose record is set aside since: it was there, and no row could be made of it.
     *
     * @param walk the walk's checkpoint
     * @param last the records of the page that is not in the ledger yet
     */
    public List<Long> unseen(StreamDefinition stream, Checkpoint walk, List<StreamRecord> last) {
        return jdbc.sql(String.format(Locale.ROOT, """
                with walk as (
                    select begun_at from pennylane_sync.checkpoint where company_id = :company and stream = :stream
                    and pass = :pass)
                select t.id from %s t, walk where t.company_id = :company and t.deleted_at is null
                and t.changed_at < walk.begun_at
                except select unnest(b.record_ids) from pennylane_sync.batch b, walk
                    where b.company_id = :company and b.stream = :stream and b.pass = :pass
                    and b.landed_at >= walk.begun_at
                except select unnest(:last::bigint[])
                except select q.record_id from pennylane_sync.quarantine q, walk
                    where q.company_id = :company and q.stream = :stream and q.kind = 'RECORD' and q.parent_id = 0
                    and q.resolved_at is null and q.last_seen_at >= walk.begun_at
                    and q.reason not in ('FORBIDDEN', 'NOT_FOUND', 'NOT_LISTED')
                order by 1""", StreamTables.table(stream)))
                .param("company", walk.companyId()).param("stream", walk.stream()).param("pass", walk.pass().label())
                .param("last", last.stream().map(StreamRecord::id).toArray(Long[]::new))
                .query(Long.class).list();
    }

    /** Returns those of the rows that are here and not deleted. */
    public Set<Long> live(String stream, long companyId, Collection<Long> ids) {
        return ids.isEmpty() ? Set.of()
                : Set.copyOf(jdbc.sql("select id from " + StreamTables.table(stream)
                        + " where company_id = ? and deleted_at is null and id = any(?::bigint[])")
                        .params(companyId, ids.toArray(Long[]::new))
                        .query(Long.class).list());
    }

    /** Rows that are not deleted. */
    public long live(StreamDefinition stream, long companyId) {
        return jdbc
                .sql("select count(*) from " + StreamTables.table(stream)
                        + " where company_id = ? and deleted_at is null")
                .param(companyId).query(Long.class).single();
    }
}
