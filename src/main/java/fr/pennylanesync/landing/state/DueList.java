package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.RowWriter.Written;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.due}: what must be read although no list or changelog would bring it. */
public final class DueList implements DueRecords {

    /** The condition that something due can be read now. The table is {@code d}. */
    static final String CAN_BE_READ = "not d.left_out and (d.next_attempt_at is null or d.next_attempt_at <= now())"
            + " and " + WaitingSubLists.WAITS_FOR_NOTHING;
    /** Puts what belongs to documents of the last year before what belongs to older ones. */
    private static final int RECENT_DAYS = 366;
    /** The first pause, doubled with each further attempt up to the longest. */
    private static final int PAUSE_SECONDS_MIN = 300;
    private static final int PAUSE_SECONDS_MAX = 6 * 3600;

    private final JdbcClient jdbc;

    public DueList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Long, Long> next(long companyId, String stream, long afterId, int limit) {
        Map<Long, Long> due = new LinkedHashMap<>();
        jdbc.sql(
                "select d.id, d.batch_id from pennylane_sync.due d where d.company_id = ? and d.stream = ?"
                        + " and d.id > ? and " + CAN_BE_READ + " order by d.id limit ?")
                .params(companyId, stream, afterId, limit).query(row -> {
                    due.put(row.getLong(1), row.getLong(2));
                });
        return due;
    }

    @Override
    public DueParents nextParents(long companyId, String stream, Collection<Long> others, int limit) {
        Map<Long, Long> due = new LinkedHashMap<>();
        Set<Boolean> recent = new HashSet<>();
        jdbc.sql("select d.id, d.batch_id, d.turn > current_date - ? from pennylane_sync.due d where d.company_id = ?"
                + " and d.stream = ? and d.turn is not null and d.id <> all(?::bigint[]) and " + CAN_BE_READ
                + " order by d.turn desc, d.id desc limit ?")
                .params(RECENT_DAYS, companyId, stream, others.toArray(Long[]::new), limit).query(row -> {
                    due.put(row.getLong(1), row.getLong(2));
                    recent.add(row.getBoolean(3));
                });
        return new DueParents(due, recent.contains(true));
    }

    @Override
    public void arrange(long companyId, StreamDefinition child, StreamDefinition parent) {
        new ReadingOrder(jdbc).arrange(companyId, child, parent);
    }

    @Override
    public void limit(long companyId, Collection<StreamDefinition> streams) {
        new ReadingOrder(jdbc).limit(companyId, streams);
    }

    /** Returns the next ids that are due because a history brought the record, each with the batch that did. */
    public Map<Long, Long> nextOfHistory(long companyId, String stream, long afterId, int limit) {
        Map<Long, Long> due = new LinkedHashMap<>();
        jdbc.sql("select d.id, d.batch_id from pennylane_sync.due d join pennylane_sync.batch b on b.id = d.batch_id"
                + " and b.pass in ('walk', 'history') where d.company_id = ? and d.stream = ? and d.id > ? and "
                + CAN_BE_READ + " order by d.id limit ?")
                .params(companyId, stream, afterId, limit).query(row -> {
                    due.put(row.getLong(1), row.getLong(2));
                });
        return due;
    }

    @Override
    public List<String> streams(long companyId) {
        return jdbc.sql("select distinct d.stream from pennylane_sync.due d where d.company_id = ? and " + CAN_BE_READ
                + " order by d.stream")
                .param(companyId)
                .query(String.class).list();
    }

    public long count(long companyId, String stream) {
        return jdbc.sql("select count(*) from pennylane_sync.due where company_id = ? and stream = ?")
                .params(companyId, stream)
                .query(Long.class).single();
    }

    @Override
    public Set<Long> gone(long companyId, String stream, Collection<Long> ids) {
        return Set.copyOf(jdbc.sql(
                "select id from pennylane_sync.due where company_id = ? and stream = ? and gone "
                        + "and id = any(?::bigint[])")
                .params(companyId, stream, ids.toArray(Long[]::new)).query(Long.class).list());
    }

    /**
     * @param gone whether the source's last word on the record was that it is deleted, or that a complete list did not
     * hold it
     */
    public void add(long companyId, String stream, Map<Long, Boolean> gone, long batchId) {
        if (gone.isEmpty()) {
            return;
        }
        jdbc.sql(
                """
                insert into pennylane_sync.due (company_id, stream, id, batch_id, gone)
                select ?, ?, u.id, ?, u.gone from unnest(?::bigint[], ?::boolean[]) u(id, gone)
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id, events = 0,
                    gone = excluded.gone, next_attempt_at = null""")
                .params(companyId, stream, batchId, gone.keySet().toArray(Long[]::new),
                        gone.values().toArray(Boolean[]::new))
                .update();
    }

    /**
     * Makes due what events name.
     *
     * @param gone whether the last event of each says that it is deleted
     * @param events how many name each of them
     */
    public void addAnnounced(long companyId, String stream, Map<Long, Boolean> gone, Map<Long, Integer> events,
            long batchId) {
        if (gone.isEmpty()) {
            return;
        }
        jdbc.sql(
                """
                insert into pennylane_sync.due as d (company_id, stream, id, batch_id, gone, events)
                select ?, ?, u.id, ?, u.gone, u.events
                from unnest(?::bigint[], ?::boolean[], ?::integer[]) u(id, gone, events)
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id,
                    gone = excluded.gone, next_attempt_at = null,
                    events = case when d.events = 0 then 0 else d.events + excluded.events end""")
                .params(companyId, stream, batchId, gone.keySet().toArray(Long[]::new),
                        gone.values().toArray(Boolean[]::new),
                        gone.keySet().stream().map(events::get).toArray(Integer[]::new))
                .update();
    }

    /**
     * Returns those of the records that a single event made due, and nothing else.
     *
     * @param answered the records, each with the batch that made it due when it was asked for
     */
    public Set<Long> ofOneEvent(long companyId, String stream, Map<Long, Long> answered) {
        return Set.copyOf(jdbc.sql("""
                select d.id from pennylane_sync.due d join unnest(?::bigint[], ?::bigint[]) u(id, batch_id)
                    on u.id = d.id and u.batch_id = d.batch_id
                where d.company_id = ? and d.stream = ? and d.id = any(?::bigint[]) and d.events = 1
                and d.attempts = 0""")
                .params(answered.keySet().toArray(Long[]::new), answered.values().toArray(Long[]::new), companyId,
                        stream, answered.keySet().toArray(Long[]::new))
                .query(Long.class).list());
    }

    /**
     * Makes due what has no feed of its own and changes with what this batch wrote, on both sides of a moved reference.
     *
     * @param written the rows that the batch wrote or deleted
     */
    public void addRefreshed(long companyId, StreamDefinition stream, Collection<Written> written, long batchId) {
        stream.refreshes().forEach((other, column) -> jdbc
                .sql(String.format(Locale.ROOT, """
                insert into pennylane_sync.due (company_id, stream, id, batch_id)
                select distinct :company, :other, r.id, :batch::bigint
                from unnest(:parents::bigint[], :ids::bigint[]) w(parent, id) cross join lateral (
                    (select t.%1$s as id from %2$s t where t.company_id = :company%3$s and t.id = w.id
                    and t.batch_id = :batch limit 1)
                    union all (select (v.payload #>> :path::text[])::bigint from pennylane_sync.record_version v
                    where v.company_id = :company and v.stream = :stream and v.parent_id = w.parent and v.id = w.id
                    and v.replaced_by_batch_id = :batch and v.payload #>> :path::text[] ~ '^[0-9]{1,18}$' limit 1)) r
                where r.id is not null
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id, events = 0,
                    next_attempt_at = null""",
                        StreamTables.quoted(column), StreamTables.table(stream), stream.parentColumn()
                                .map(parent -> " and t." + StreamTables.quoted(parent) + " = w.parent").orElse("")))
                .param("company", companyId).param("other", other).param("batch", batchId)
                .param("stream", stream.name()).param("path", path(stream, column))
                .param("parents", written.stream().map(Written::parentId).toArray(Long[]::new))
                .param("ids", written.stream().map(Written::id).toArray(Long[]::new)).update());
    }

    private static String[] path(StreamDefinition stream, String column) {
        return stream.column(column).orElseThrow().path()
                .toArray(String[]::new);
    }

    public void add(long companyId, String stream, Collection<Long> ids, long batchId) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into pennylane_sync.due (company_id, stream, id, batch_id) select ?, ?, u.id, ?
                from unnest(?::bigint[]) u(id)
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id, events = 0,
                    next_attempt_at = null, turn = null, left_out = false, waits_for = null""")
                .params(companyId, stream, batchId, ids.toArray(Long[]::new)).update();
    }

    /** Makes due what a person asks for; no batch is the reason. */
    public void addByHand(long companyId, String stream, long id) {
        add(companyId, stream, List.of(id), BY_HAND);
    }

    @Override
    public int addAllParents(long companyId, StreamDefinition child, StreamDefinition parent) {
        return jdbc.sql(
                "insert into pennylane_sync.due (company_id, stream, id, batch_id) select company_id, ?, id, batch_id "
                        + "from "
                        + StreamTables.table(parent)
                        + " where company_id = ? and deleted_at is null on conflict do nothing")
                .params(child.name(), companyId).update();
    }

    @Override
    public int sweepParents(long companyId, StreamDefinition child, StreamDefinition parent) {
        return jdbc.sql(String.format(Locale.ROOT, """
                insert into pennylane_sync.due (company_id, stream, id, batch_id) select company_id, ?, id, ? from %s
                where company_id = ? and deleted_at is null
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id, events = 0,
                    next_attempt_at = null, waits_for = null""", StreamTables.table(parent)))
                .params(child.name(), SWEPT, companyId).update();
    }

    /** Returns those of the records that are due already, for whatever reason. */
    public Set<Long> among(long companyId, String stream, Collection<Long> ids) {
        return ids.isEmpty() ? Set.of()
                : Set.copyOf(jdbc.sql("select id from pennylane_sync.due where company_id = ? and stream = ?"
                        + " and id = any(?::bigint[])").params(companyId, stream, ids.toArray(Long[]::new))
                        .query(Long.class).list());
    }

    /**
     * Makes due what was tried in vain, after a pause that grows with each attempt. What becomes due meanwhile for
     * another reason is tried at once, and waits longer if that is in vain too.
     */
    public void postpone(long companyId, String stream, Collection<Long> ids, long batchId) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into pennylane_sync.due as d (company_id, stream, id, batch_id, attempts, next_attempt_at)
                select distinct :company, :stream, u.id, :batch::bigint, 1, now() + make_interval(secs => :first)
                from unnest(:ids::bigint[]) u(id)
                on conflict (company_id, stream, id) do update set attempts = d.attempts + 1, events = 0,
                    next_attempt_at = now()
                        + make_interval(secs => least(:first * power(2, least(d.attempts, 20)), :longest))""")
                .param("company", companyId).param("stream", stream).param("batch", batchId)
                .param("ids", ids.toArray(Long[]::new))
                .param("first", PAUSE_SECONDS_MIN).param("longest", PAUSE_SECONDS_MAX).update();
    }

    /**
     * Removes what was worked off, unless it became due again meanwhile. That the ids are named twice makes the planner
     * look each of them up, and not all that is due, also before it knows how much that is.
     */
    public void remove(long companyId, String stream, Map<Long, Long> done) {
        if (done.isEmpty()) {
            return;
        }
        jdbc.sql("""
                delete from pennylane_sync.due d using unnest(?::bigint[], ?::bigint[]) u(id, batch_id)
                where d.company_id = ? and d.stream = ? and d.id = any(?::bigint[]) and d.id = u.id
                and d.batch_id = u.batch_id""")
                .params(done.keySet().toArray(Long[]::new), done.values().toArray(Long[]::new), companyId, stream,
                        done.keySet().toArray(Long[]::new))
                .update();
    }

    /** Removes ids whatever made them due: their children came along with a page. */
    public void removeAll(long companyId, String stream, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("delete from pennylane_sync.due where company_id = ? and stream = ? and id = any(?::bigint[])")
                .params(companyId, stream, ids.toArray(Long[]::new)).update();
    }
}
