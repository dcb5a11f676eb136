package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code pennylane_sync.stale_read}: a record that was read for an event may be older than the event, where a
 * replica or a cache answered. It is landed, since it is no older than what was here, and asked for again: with the
 * next sync, then after growing pauses, {@value #ATTEMPTS_MAX} times at the most.
 */
public final class StaleReads {

    static final int ATTEMPTS_MAX = 8;

    private static final String UPDATED_AT = "updated_at";
    /** No pause before the second reading, half a minute before the third, and four times that before each further. */
    private static final int FIRST_PAUSE_SECONDS = 30;
    private static final int GROWTH = 4;

    private final JdbcClient jdbc;

    public StaleReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Tells whether records of the stream say when they changed last. */
    static boolean isDated(StreamDefinition stream) {
        return stream.columns().stream()
                .anyMatch(column -> column.name().equals(UPDATED_AT) && column.type() == ColumnType.TIMESTAMPTZ);
    }

    /**
     * Expects records to be as new as their events say.
     *
     * @param changed ids with the record's {@code updated_at} in its newest event
     */
    public void expect(long companyId, StreamDefinition stream, Map<Long, Instant> changed) {
        if (changed.isEmpty() || !isDated(stream)) {
            return;
        }
        jdbc.sql("""
                insert into pennylane_sync.stale_read (company_id, stream, id, changed_at)
                select ?, ?, u.id, u.at from unnest(?::bigint[], ?::timestamptz[]) u(id, at)
                on conflict (company_id, stream, id) do update
                set changed_at = greatest(stale_read.changed_at, excluded.changed_at), attempts = 0,
                    ask_again_at = null""")
                .params(companyId, stream.name(), changed.keySet().toArray(Long[]::new),
                        changed.values().stream().map(Instant::toString).toArray(String[]::new))
                .update();
    }

    /**
     * Compares records that were just landed with what was expected of them.
     *
     * @param ids the records whose due entries are answered, whether they are here or gone
     * @return how many are older than their events, and were asked for often enough
     */
    public int settle(long companyId, StreamDefinition stream, Collection<Long> ids) {
        if (ids.isEmpty() || !isDated(stream)) {
            return 0;
        }
        Long[] read = ids.toArray(Long[]::new);
        jdbc.sql(String.format(Locale.ROOT, """
                delete from pennylane_sync.stale_read s
                where s.company_id = ? and s.stream = ? and s.id = any(?::bigint[])
                  and not exists (select 1 from %s r where r.company_id = s.company_id and r.id = s.id
                      and r.deleted_at is null and r.%s < s.changed_at - interval '1 millisecond')""",
                StreamTables.table(stream), UPDATED_AT))
                .params(companyId, stream.name(), read).update();
        jdbc.sql("""
                update pennylane_sync.stale_read set attempts = attempts + 1, ask_again_at = now()
                    + make_interval(secs => case when attempts = 0 then 0 else ? * power(?, attempts - 1) end)
                where company_id = ? and stream = ? and id = any(?::bigint[])""")
                .params(FIRST_PAUSE_SECONDS, GROWTH, companyId, stream.name(), read).update();
        return jdbc.sql("""
                delete from pennylane_sync.stale_read
                where company_id = ? and stream = ? and id = any(?::bigint[]) and attempts >= ?""")
                .params(companyId, stream.name(), read, ATTEMPTS_MAX).update();
    }

    /** Makes due again what has waited for its pause. */
    public void makeDue(long companyId, String stream) {
        jdbc.sql("""
                insert into pennylane_sync.due (company_id, stream, id, batch_id)
                select company_id, stream, id, 0 from pennylane_sync.stale_read
                where company_id = ? and stream = ? and ask_again_at <= now()
                on conflict do nothing""").params(companyId, stream).update();
    }
}
