package fr.pennylanesync.audit;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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

    private final JdbcClient jdbc;
    private final StreamCatalog catalog;

    MissedEvents(JdbcClient jdbc, StreamCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /**
     * Tells which of the records, or parents of a sub-list, no event has announced. What was announced before they were
     * asked for was read then; what a replica answered older than its event is known to be so.
     *
     * @param askedAt an instant before which no event counts
     */
    List<Long> unannounced(long companyId, StreamDefinition stream, List<Long> ids, Instant askedAt) {
        StreamDefinition owner = owner(stream);
        if (ids.isEmpty() || owner.changelog().isEmpty()) {
            return List.of();
        }
        boolean dated = owner.columns().stream().anyMatch(column -> column.name().equals(UPDATED_AT));
        String announcedYet = dated ? " and (r.updated_at is null or r.updated_at < drained.at - " + LATE + ")" : "";
        return jdbc.sql(String.format(Locale.ROOT, """
                select r.id from %s r cross join (
                    select min((position->>'processedAt')::timestamptz) as at from pennylane_sync.checkpoint
                    where company_id = :company and stream = any(:feeds)) drained
                where r.company_id = :company and r.id = any(:ids::bigint[]) and drained.at is not null%s
                and not exists (select 1 from pennylane_sync.seen_event e where e.company_id = r.company_id
                    and e.feed = any(:feeds) and e.id = r.id and e.processed_at >= :asked)
                and not exists (select 1 from pennylane_sync.stale_read s where s.company_id = r.company_id
                    and s.stream = :stream and s.id = r.id)
                order by r.id""", StreamTables.table(owner), announcedYet))
                .param("company", companyId).param("ids", ids.toArray(Long[]::new)).param("feeds", feeds(owner))
                .param("stream", owner.name()).param("asked", Timestamp.from(askedAt))
                .query(Long.class).list();
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
