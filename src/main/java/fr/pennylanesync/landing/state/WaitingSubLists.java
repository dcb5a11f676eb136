package fr.pennylanesync.landing.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The sub-lists in {@code pennylane_sync.due} that wait until another one of the same record is read. They wait as long
 * as that one is due and can be read, no longer: nothing has to set them free.
 */
public final class WaitingSubLists {

    /** The condition that something due waits for nothing else. The table is {@code d}. */
    static final String WAITS_FOR_NOTHING = """
            (d.waits_for is null or not exists (select 1 from pennylane_sync.due f
                join pennylane_sync.stream_state fs on fs.company_id = f.company_id and fs.stream = f.stream
                    and fs.error_code is null and fs.not_permitted_scope is null
                where f.company_id = d.company_id and f.stream = d.waits_for and f.id = d.id
                and f.attempts = 0 and not f.left_out))""";

    private final JdbcClient jdbc;

    public WaitingSubLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes sub-lists due that wait; one that is due for another reason does not.
     *
     * @param waitsFor the stream whose sub-lists of the same parents are read first
     */
    public void add(long companyId, String stream, Collection<Long> parents, long batchId, String waitsFor) {
        if (parents.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into pennylane_sync.due (company_id, stream, id, batch_id, waits_for)
                select ?, ?, u.id, ?, ? from unnest(?::bigint[]) u(id)
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id, events = 0,
                    next_attempt_at = null, turn = null, left_out = false, waits_for = null""")
                .params(companyId, stream, batchId, waitsFor, parents.toArray(Long[]::new)).update();
    }

    /**
     * Returns what waits of some parents, by its streams.
     *
     * @param parents each with the batch that made its sub-lists due
     */
    public Map<String, Map<Long, Long>> of(long companyId, Map<Long, Long> parents) {
        Map<String, Map<Long, Long>> waiting = new HashMap<>();
        if (parents.isEmpty()) {
            return waiting;
        }
        jdbc.sql("""
                select d.stream, d.id, d.batch_id from pennylane_sync.due d
                join unnest(:parents::bigint[], :batches::bigint[]) u(id, batch_id)
                    on u.id = d.id and u.batch_id = d.batch_id
                where d.company_id = :company and d.id = any(:parents::bigint[]) and d.waits_for is not null""")
                .param("company", companyId).param("parents", parents.keySet().toArray(Long[]::new))
                .param("batches", parents.values().toArray(Long[]::new)).query(row -> {
                    waiting.computeIfAbsent(row.getString(1), stream -> new HashMap<>())
                            .put(row.getLong(2), row.getLong(3));
                });
        return waiting;
    }

    /** Lets sub-lists be read whatever the others hold. */
    public void release(long companyId, String stream, Collection<Long> parents) {
        if (!parents.isEmpty()) {
            jdbc.sql("update pennylane_sync.due set waits_for = null where company_id = ? and stream = ?"
                    + " and id = any(?::bigint[])").params(companyId, stream, parents.toArray(Long[]::new)).update();
        }
    }

    /**
     * Lets everything be read that waits for a stream which is no longer read.
     *
     * @param read the streams that are
     */
    void releaseFromOthers(long companyId, Collection<String> read) {
        jdbc.sql("update pennylane_sync.due set waits_for = null where company_id = ? and waits_for <> all(?::text[])")
                .params(companyId, read.toArray(String[]::new)).update();
    }
}
