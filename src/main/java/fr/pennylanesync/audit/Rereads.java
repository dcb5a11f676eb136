package fr.pennylanesync.audit;

import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Chooses records to be read again, and compares their hashes once they were. Every record has its hour within the
 * rereading period, drawn by a hash of its id; the records of an hour become due with the first sync after it, and
 * their sub-lists with them. So each is read again once in that period, evenly spread, and a sync that was late asks
 * for what it owes.
 */
final class Rereads {

    /** Of one sync, over all streams: a twentieth of what the documented budget allows in fifteen minutes. */
    private static final int REQUESTS_MAX = 225;
    private static final long HOUR_MS = 3_600_000;

    /** A row or a sub-list that was chosen. */
    private record Chosen(long id, long hour) {}

    /**
     * Tells what became of the rereads of a stream.
     *
     * @param differing ids whose hash is another now
     * @param askedAt when the first of them was asked for
     */
    record Compared(long records, List<Long> differing, Instant askedAt) {}

    private final JdbcClient jdbc;
    private final DueList due;
    private final StreamCatalog catalog;
    private final long hours;
    private final Clock clock;

    /** @param days in which every record is to be read again */
    Rereads(JdbcClient jdbc, DueList due, StreamCatalog catalog, int days, Clock clock) {
        this.jdbc = jdbc;
        this.due = due;
        this.catalog = catalog;
        this.hours = days * 24L;
        this.clock = clock;
    }

    /** Makes due the records of the hours that have passed, as far as the requests of one sync reach. */
    void choose(long companyId, List<StreamDefinition> streams) {
        long now = clock.millis() / HOUR_MS;
        int requests = REQUESTS_MAX;
        Map<String, Long> reached = reached(companyId);
        for (StreamDefinition stream : streams) {
            long since = since(companyId, stream, Optional.ofNullable(reached.get(stream.name())), now);
            if (requests > 0 && since < now) {
                requests -= choose(companyId, stream, since, now, requests);
            }
        }
    }

    /** A stream begins with the hour after its first sync. */
    private long since(long companyId, StreamDefinition stream, Optional<Long> hour, long now) {
        if (hour.isEmpty()) {
            move(companyId, stream, now);
        }
        return Math.max(now - hours, hour.orElse(now));
    }

    private Map<String, Long> reached(long companyId) {
        Map<String, Long> reached = new HashMap<>();
        jdbc.sql("select stream, hour from pennylane_sync.reread_progress where company_id = ?").param(companyId)
                .query(row -> {
                    reached.put(row.getString(1), row.getLong(2));
                });
        return reached;
    }

    private void move(long companyId, StreamDefinition stream, long hour) {
        jdbc.sql("""
                insert into pennylane_sync.reread_progress (company_id, stream, hour) values (?, ?, ?)
                on conflict (company_id, stream) do update set hour = excluded.hour""")
                .params(companyId, stream.name(), hour).update();
    }

    /** An hour is asked for as a whole; the hours that the requests do not reach wait for the next sync. */
    private int choose(long companyId, StreamDefinition stream, long since, long now, int requests) {
        int lists = catalog.childrenOf(stream.name()).size();
        int records = lists == 0 ? requests * DueRecords.RECORDS_PER_REQUEST : requests / lists;
        List<Chosen> chosen = ofHours(companyId, stream, since, now);
        long to = chosen.size() <= records ? now : Math.max(since + 1, chosen.get(records).hour() - 1);
        List<Long> ids = chosen.stream().filter(each -> each.hour() <= to).map(Chosen::id).toList();
        ask(companyId, stream, ids);
        move(companyId, stream, to);
        return (ids.size() + DueRecords.RECORDS_PER_REQUEST - 1) / DueRecords.RECORDS_PER_REQUEST + ids.size() * lists;
    }

    private List<Chosen> ofHours(long companyId, StreamDefinition stream, long since, long now) {
        return jdbc.sql(String.format(Locale.ROOT, """
                select id, hour from (select id, :since + 1 + mod(
                        ('x' || substr(md5(:seed || id), 1, 8))::bit(32)::bigint - :since - 1 + :many, :hours) as hour
                    from %s where company_id = :company and deleted_at is null and source = 'api') drawn
                where hour <= :now order by hour, id""", StreamTables.table(stream)))
                .param("since", since).param("seed", companyId + " " + stream.name() + " ")
                .param("many", hours * 1_000_000_000L).param("hours", hours).param("company", companyId)
                .param("now", now).query((row, n) -> new Chosen(row.getLong(1), row.getLong(2))).list();
    }

    /** Makes some records due, drawn by a seed, whatever their hour; all of them where they are no more than that. */
    void sample(long companyId, StreamDefinition stream, int records, long seed) {
        ask(companyId, stream, jdbc.sql("select id from " + StreamTables.table(stream)
                + " where company_id = ? and deleted_at is null and source = 'api'"
                + " order by md5(? || id), id limit ?").params(companyId, seed + " ", records)
                .query(Long.class).list());
    }

    /** With a record that is read for itself its sub-lists are read. */
    private void ask(long companyId, StreamDefinition stream, List<Long> ids) {
        if (!ids.isEmpty()) {
            List<Long> asked = note(companyId, stream, ids);
            catalog.childrenOf(stream.name()).forEach(child -> note(companyId, child, asked));
            due.add(companyId, stream.name(), asked, 0);
        }
    }

    private List<Long> note(long companyId, StreamDefinition stream, List<Long> ids) {
        return jdbc.sql(String.format(Locale.ROOT, """
                insert into pennylane_sync.reread (company_id, stream, id, record_hash)
                select :company, :stream, h.id, h.hash from (%s) h
                where not exists (select 1 from pennylane_sync.due d where d.company_id = :company
                    and d.stream = :stream and d.id = h.id)
                on conflict (company_id, stream, id) do update set record_hash = excluded.record_hash, asked_at = now()
                returning id""", hashes(stream)))
                .param("company", companyId).param("stream", stream.name()).param("ids", ids.toArray(Long[]::new))
                .query(Long.class).list();
    }

    /** The hash of each record of {@code :ids}; of a sub-list that over the hashes of its rows. */
    private static String hashes(StreamDefinition stream) {
        String table = StreamTables.table(stream);
        return stream.parentColumn().map(StreamTables::quoted).map(parent -> String.format(Locale.ROOT, """
                select i.id, sha256(coalesce(string_agg(c.record_hash, ''::bytea order by c.id), ''::bytea)) as hash
                from unnest(:ids::bigint[]) i(id) left join %s c
                    on c.company_id = :company and c.%s = i.id and c.deleted_at is null group by i.id""",
                table, parent)).orElseGet(() -> String.format(Locale.ROOT, """
                        select i.id, coalesce(r.record_hash, ''::bytea) as hash from unnest(:ids::bigint[]) i(id)
                        left join %s r on r.company_id = :company and r.id = i.id and r.deleted_at is null""",
                        table));
    }

    /** Compares what was asked for and is no longer due, and forgets it. */
    Map<StreamDefinition, Compared> compare(long companyId) {
        Map<StreamDefinition, Compared> compared = new LinkedHashMap<>();
        jdbc.sql("select distinct stream from pennylane_sync.reread where company_id = ? order by stream")
                .param(companyId).query(String.class).list().forEach(name -> {
                    Optional<StreamDefinition> stream = catalog.find(name).filter(StreamDefinition::enabled);
                    if (stream.isPresent()) {
                        compared.put(stream.get(), compare(companyId, stream.get()));
                    } else {
                        jdbc.sql("delete from pennylane_sync.reread where company_id = ? and stream = ?")
                                .params(companyId, name).update();
                    }
                });
        return compared;
    }

    private Compared compare(long companyId, StreamDefinition stream) {
        Instant askedAt =
                jdbc.sql("select min(asked_at) from pennylane_sync.reread where company_id = ? and stream = ?")
                        .params(companyId, stream.name()).query(Timestamp.class).single().toInstant();
        List<Long> answered = jdbc.sql("""
                select r.id from pennylane_sync.reread r where r.company_id = ? and r.stream = ? and not exists (
                    select 1 from pennylane_sync.due d where d.company_id = r.company_id
                    and d.stream in (r.stream, ?) and d.id = r.id) order by r.id""")
                .params(companyId, stream.name(), stream.parent().orElse(stream.name())).query(Long.class).list();
        List<Long> differing = new ArrayList<>(jdbc
                .sql(String.format(Locale.ROOT, """
                with gone as (delete from pennylane_sync.reread where company_id = :company and stream = :stream
                    and id = any(:ids::bigint[]) returning id, record_hash)
                select g.id from gone g join (%s) h using (id) where h.hash <> g.record_hash order by g.id""",
                        hashes(stream)))
                .param("company", companyId).param("stream", stream.name())
                .param("ids", answered.toArray(Long[]::new)).query(Long.class).list());
        return new Compared(answered.size(), differing, askedAt);
    }
}
