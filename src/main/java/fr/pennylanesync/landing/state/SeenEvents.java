package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.record.ChangeEvent;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.seen_event}: which events of the overlap were noted before. */
public final class SeenEvents {

    private record SeenEventKey(Instant processedAt, long id, String operation, int occurrence) {}

    private final JdbcClient jdbc;

    public SeenEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes the events and returns those that are new, in their order. */
    public List<ChangeEvent> unseen(long companyId, String feed, List<ChangeEvent> events) {
        if (events.isEmpty()) {
            return events;
        }
        Set<SeenEventKey> added = new HashSet<>(jdbc.sql("""
                insert into pennylane_sync.seen_event (company_id, feed, processed_at, id, operation, occurrence)
                select distinct ?, ?, u.at, u.id, u.operation, u.occurrence
                from unnest(?::timestamptz[], ?::bigint[], ?::text[], ?::integer[]) u(at, id, operation, occurrence)
                on conflict do nothing returning processed_at, id, operation, occurrence""")
                .params(companyId, feed,
                        events.stream().map(event -> key(event).processedAt().toString()).toArray(String[]::new),
                        events.stream().map(ChangeEvent::id).toArray(Long[]::new),
                        events.stream().map(ChangeEvent::operation).toArray(String[]::new),
                        events.stream().map(ChangeEvent::occurrence).toArray(Integer[]::new))
                .query((row, n) -> new SeenEventKey(row.getTimestamp(1).toInstant(), row.getLong(2), row.getString(3),
                        row.getInt(4)))
                .list());
        return events.stream().filter(event -> added.contains(key(event))).toList();
    }

    /** PostgreSQL keeps microseconds. */
    private static SeenEventKey key(ChangeEvent event) {
        return new SeenEventKey(event.processedAt().truncatedTo(java.time.temporal.ChronoUnit.MICROS), event.id(),
                event.operation(),
                event.occurrence());
    }

    /** Forgets what no later reading can bring again. */
    public void forgetBefore(long companyId, String feed, Instant processedAt) {
        jdbc.sql("delete from pennylane_sync.seen_event where company_id = ? and feed = ? and processed_at < ?")
                .params(companyId, feed, Timestamp.from(processedAt)).update();
    }
}
