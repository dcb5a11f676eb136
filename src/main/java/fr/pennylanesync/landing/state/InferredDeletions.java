package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Duration;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code pennylane_sync.inferred_deletion}: rows that were let go because a whole reading did not hold them,
 * as far as they count for the next decision of the same kind. What Pennylane itself calls deleted is not in it.
 */
public final class InferredDeletions {

    /** Is how long they count: rights that are lost bit by bit look like a few deletions each day. */
    public static final Duration WINDOW = Duration.ofDays(7);

    private final JdbcClient jdbc;

    public InferredDeletions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Counts the rows that went within the window and have not come back. */
    public long count(StreamDefinition stream, long companyId) {
        return jdbc.sql("select count(*) from " + StreamTables.table(stream) + """
                 t where t.company_id = :company and t.deleted_at is not null and t.id in (
                    select unnest(d.record_ids) from pennylane_sync.inferred_deletion d
                    where d.company_id = :company and d.stream = :stream
                    and d.decided_at > now() - :window * interval '1 second')""")
                .param("company", companyId).param("stream", stream.name()).param("window", WINDOW.toSeconds())
                .query(Long.class).single();
    }

    /** Notes rows that are let go, and forgets those that count no more. */
    public void add(long companyId, String stream, Collection<Long> ids) {
        jdbc.sql("""
                delete from pennylane_sync.inferred_deletion where company_id = ? and stream = ?
                and decided_at <= now() - ? * interval '1 second'""")
                .params(companyId, stream, WINDOW.toSeconds()).update();
        if (!ids.isEmpty()) {
            jdbc.sql("insert into pennylane_sync.inferred_deletion (company_id, stream, record_ids) values (?, ?, ?)")
                    .params(companyId, stream, ids.toArray(Long[]::new)).update();
        }
    }

    /** Forgets all of a stream: somebody said that they are really gone. */
    public void confirmed(long companyId, String stream) {
        jdbc.sql("delete from pennylane_sync.inferred_deletion where company_id = ? and stream = ?")
                .params(companyId, stream).update();
    }
}
