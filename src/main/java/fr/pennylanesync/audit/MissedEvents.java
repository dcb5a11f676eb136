package fr.pennylanesync.audit;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code pennylane_sync.missed}: what differed although the changelog, read up to a later instant, had not
 * announced it. A stream that has no changelog is announced by nothing, and misses nothing.
 */
final class MissedEvents {

    private static final String UPDATED_AT = "updated_at";
    /** An event may come a little later than its change; what is younger than that may yet be announced. */
    private static final String LATE = "interval '2 minutes'";
    /** The warehouse's clock and Pennylane's are not further apart than that. */
    private static final String CLOCKS_APART = "interval '15 minutes'";

    private final JdbcClient jdbc;
    private final StreamCatalog catalog;

    MissedEvents(JdbcClient jdbc, StreamCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /**
     * Tells which of the records, or parents of a sub-list, no event has announced. What was announced before they were
     * asked for was read then; what a replica answered older than its event is known to be so. A change that an event
     * may yet announce is kept for {@link #overdue}.
     *
     * @param askedAt an instant before which no event counts
     */
    List<Long> unannounced(long companyId, StreamDefinition stream, List<Long> ids, Instant askedAt) {
        StreamDefinition owner = owner(stream);
        if (ids.isEmpty() || owner.changelog().isEmpty()) {
            return List.of();
        }
        boolean dated = owner.column(UPDATED_AT).isPresent();
        String certain = dated
                ? "(r.updated_at is null or r.updated_at < drained.at - " + LATE
                        + " or r.updated_at < drained.read_at - "
                        + CLOCKS_APART + ")"
                : "true";
        List<Long> missed = new ArrayList<>();
        List<Long> awaited = new ArrayList<>();
        jdbc.sql(String.format(Locale.ROOT, """
                select r.id, r.deleted_at is null and %2$s as certain from %1$s r cross join (
                    select min((position->>'processedAt')::timestamptz) as at, min(moved_at) as read_at
                    from pennylane_sync.checkpoint where company_id = :company and stream = any(:feeds)) drained
                where r.company_id = :company and r.id = any(:ids::bigint[]) and drained.at is not null
                and not exists (select 1 from pennylane_sync.seen_event e where e.company_id = r.company_id
                    and e.feed = any(:feeds) and e.id = r.id and e.processed_at >= :asked)
                and not exists (select 1 from pennylane_sync.stale_read s where s.company_id = r.company_id
                    and s.stream = :stream and s.id = r.id)
                order by r.id""", StreamTables.table(owner), certain))
                .param("company", companyId).param("ids", ids.toArray(Long[]::new)).param("feeds", feeds(owner))
                .param("stream", owner.name()).param("asked", Timestamp.from(askedAt))
                .query(row -> {
                    (row.getBoolean(2) ? missed : awaited).add(row.getLong(1));
                });
        await(companyId, stream, awaited);
        return missed;
    }

    private void await(long companyId, StreamDefinition stream, List<Long> ids) {
        jdbc.sql("""
                insert into pennylane_sync.unannounced (company_id, stream, record_id, found_by)
                select ?, ?, u.id, ? from unnest(?::bigint[]) u(id) on conflict do nothing""")
                .params(companyId, stream.name(), AuditKind.REREAD.label(), ids.toArray(Long[]::new)).update();
    }

    /** Names the streams of which something was found changed that no event has announced yet. */
    Set<String> awaited(long companyId) {
        return Set.copyOf(jdbc.sql("select distinct stream from pennylane_sync.unannounced where company_id = ?")
                .param(companyId).query(String.class).list());
    }

    /**
     * Takes what was found changed so long ago that an event would have come, since the changelog was read to its end
     * later than that.
     *
     * @return the records by what found them
     */
    Map<String, List<Long>> overdue(long companyId, StreamDefinition stream) {
        Map<String, List<Long>> overdue = new TreeMap<>();
        jdbc.sql("""
                delete from pennylane_sync.unannounced u using pennylane_sync.stream_state s
                where u.company_id = ? and u.stream = ? and s.company_id = u.company_id and s.stream = ?
                and s.state = 'LIVE' and s.error_code is null and u.found_at < (select min(c.moved_at)
                    from pennylane_sync.checkpoint c where c.company_id = u.company_id and c.stream = any(?))
                    - """ + " " + LATE + " returning u.found_by, u.record_id")
                .params(companyId, stream.name(), owner(stream).name(), feeds(owner(stream)))
                .query(row -> {
                    overdue.computeIfAbsent(row.getString(1), by -> new ArrayList<>()).add(row.getLong(2));
                });
        overdue.values().forEach(Collections::sort);
        return overdue;
    }

    private static String[] feeds(StreamDefinition stream) {
        return stream.feeds().keySet().stream().map(Checkpoint::feed).toArray(String[]::new);
    }

    private StreamDefinition owner(StreamDefinition stream) {
        return stream.parent().map(parent -> catalog.find(parent).orElseThrow()).orElse(stream);
    }

    void note(long companyId, StreamDefinition stream, List<Long> ids, String foundBy) {
        jdbc.sql("""
                insert into pennylane_sync.missed (company_id, stream, record_id, found_by)
                select ?, ?, u.id, ? from unnest(?::bigint[]) u(id)""")
                .params(companyId, stream.name(), foundBy, ids.toArray(Long[]::new)).update();
    }

    /** The first of them, for people. */
    static String named(List<Long> ids) {
        return Stream.concat(ids.stream().limit(20).map(String::valueOf), ids.size() > 20 ? Stream.of("…")
                : Stream.empty()).collect(Collectors.joining(", "));
    }
}
