package fr.pennylanesync.report;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.state.StoredInstant;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows the state of every company and stream, read in four statements whatever the number of companies: for pages and
 * metrics that are asked for again and again. Row counts are elsewhere: see {@link RowCounts}.
 *
 * @param quarantinedEver entries of the quarantine, resolved ones too
 */
public record Overview(List<CompanyOverview> companies, long quarantinedEver) {

    /**
     * @param refusal why its token is not used, since {@code refusedAt}
     * @param scopes of its token
     * @param books what contradicts the books' own rules
     */
    public record CompanyOverview(long id, String alias, String state, Instant knownSince, Optional<String> refusal,
            Optional<Instant> refusedAt, List<String> scopes, Books books, List<StreamOverview> streams) {

        public boolean isActive() {
            return "ACTIVE".equals(state);
        }

        /** Tells whether it is to be read: a refused one is, as soon as its token works again; a paused one is not. */
        public boolean isRead() {
            return !"PAUSED".equals(state);
        }
    }

    /**
     * Says what contradicts the books' own rules.
     *
     * @param differing records, the first found at {@code since}
     */
    public record Books(long differing, Optional<Instant> since) {}

    /**
     * @param historySince when its present history began
     * @param succeededAt when it last came to its end: its age counts from here
     * @param completeUpTo what changed at Pennylane before that is here: its lag counts from here. Empty until it is
     * live
     * @param error why it stopped, since {@code errorSince}; a sweep that its guard stopped counts
     * @param due records or parents that wait to be read
     * @param quarantined entries that are not resolved, the oldest since {@code quarantinedSince}
     * @param pendingFiles files that wait to be archived
     * @param missed changes that no event had announced
     */
    public record StreamOverview(String name, StreamState state, Optional<Instant> historySince,
            Optional<Instant> succeededAt, Optional<Instant> completeUpTo, Optional<String> error,
            Optional<Instant> errorSince, long due, long quarantined, Optional<Instant> quarantinedSince,
            long pendingFiles, long missed) {

        private StreamOverview withCompleteUpTo(Optional<Instant> at) {
            return new StreamOverview(name, state, historySince, succeededAt, at, error, errorSince, due, quarantined,
                    quarantinedSince, pendingFiles, missed);
        }
    }

    private record FeedKey(long companyId, String feed) {}

    /** @param catalog says which changelogs a stream follows, and whose child it is */
    public static Overview read(JdbcClient jdbc, StreamCatalog catalog) {
        Map<Long, List<StreamOverview>> streams = streams(jdbc, catalog, drained(jdbc));
        List<CompanyOverview> companies = jdbc.sql("""
                select c.id, c.alias, c.state, c.pinned_at, case c.state when 'REFUSED' then c.refused_code end,
                    case c.state when 'REFUSED' then c.refused_at end, c.scopes, b.n, b.since
                from pennylane_sync.company c cross join lateral (
                    select count(*) as n, min(found_at) as since from pennylane_sync.books_finding
                    where company_id = c.id and told_at is not null and stream = any(?)) b
                order by c.alias""").param(catalog.switchedOn().toArray(String[]::new))
                .query((row, n) -> new CompanyOverview(row.getLong(1), row.getString(2), row.getString(3),
                        row.getTimestamp(4).toInstant(), Optional.ofNullable(row.getString(5)),
                        StoredInstant.of(row, 6),
                        List.of((String[]) row.getArray(7).getArray()),
                        new Books(row.getLong(8), StoredInstant.of(row, 9)),
                        likeParents(streams.getOrDefault(row.getLong(1), List.of()), catalog)))
                .list();
        return new Overview(companies,
                jdbc.sql("select count(*) from pennylane_sync.quarantine").query(Long.class).single());
    }

    private static Map<FeedKey, Instant> drained(JdbcClient jdbc) {
        Map<FeedKey, Instant> drained = new HashMap<>();
        jdbc.sql("select company_id, stream, min(moved_at) from pennylane_sync.checkpoint where starts_with(stream, ?)"
                + " group by 1, 2").param(Checkpoint.feed("")).query(row -> {
                    drained.put(new FeedKey(row.getLong(1), row.getString(2)), row.getTimestamp(3).toInstant());
                });
        return drained;
    }

    private static Map<Long, List<StreamOverview>> streams(JdbcClient jdbc, StreamCatalog catalog,
            Map<FeedKey, Instant> drained) {
        Map<Long, List<StreamOverview>> streams = new HashMap<>();
        jdbc.sql("""
                select s.company_id, s.stream, s.state, s.history_noted_at, s.succeeded_at, s.swept_at,
                    coalesce(s.error_code, case when q.sweep_stopped_at is not null then :stopped end) as error,
                    case when s.error_code is null then q.sweep_stopped_at else s.error_at end as error_at,
                    coalesce(d.n, 0) as due, coalesce(q.n, 0) as quarantined, q.first_seen_at,
                    coalesce(f.n, 0) as files,
                    coalesce(m.n, 0) as missed
                from pennylane_sync.stream_state s
                left join (select company_id, stream, count(*) n from (
                    select company_id, stream, id from pennylane_sync.due where not left_out
                    union select company_id, stream, id from pennylane_sync.stale_read) waiting
                group by 1, 2) d using (company_id, stream)
                left join (select company_id, stream, count(*) n, min(first_seen_at) as first_seen_at,
                    min(first_seen_at) filter (where kind = 'SWEEP') as sweep_stopped_at
                from pennylane_sync.quarantine where resolved_at is null group by 1, 2) q
                    using (company_id, stream)
                left join (select company_id, stream, count(*) n from pennylane_sync.file where state = 'PENDING'
                    and not left_out group by 1, 2) f
                    using (company_id, stream)
                left join (select company_id, stream, count(*) n from pennylane_sync.missed group by 1, 2) m
                    using (company_id, stream)
                order by s.stream""").param("stopped", Quarantine.SWEEP_WOULD_DELETE).query(row -> {
            streams.computeIfAbsent(row.getLong("company_id"), any -> new ArrayList<>())
                    .add(stream(row, catalog, drained));
        });
        return streams;
    }

    private static StreamOverview stream(ResultSet row, StreamCatalog catalog, Map<FeedKey, Instant> drained)
            throws SQLException {
        String name = row.getString("stream");
        StreamState state = StreamState.valueOf(row.getString("state"));
        long due = row.getLong("due");
        Optional<Instant> succeededAt = StoredInstant.of(row, "succeeded_at");
        Optional<Instant> sweptAt = StoredInstant.of(row, "swept_at");
        long companyId = row.getLong("company_id");
        Optional<Instant> completeUpTo = catalog.find(name)
                .flatMap(stream -> Freshness.of(stream, state, succeededAt, sweptAt,
                        drainedAt(companyId, stream, drained), due > 0).completeUpTo());
        return new StreamOverview(name, state, StoredInstant.of(row, "history_noted_at"), succeededAt, completeUpTo,
                Optional.ofNullable(row.getString("error")), StoredInstant.of(row, "error_at"), due,
                row.getLong("quarantined"), StoredInstant.of(row, "first_seen_at"), row.getLong("files"),
                row.getLong("missed"));
    }

    private static Optional<Instant> drainedAt(long companyId, StreamDefinition stream,
            Map<FeedKey, Instant> drained) {
        return stream.feeds().keySet().stream()
                .flatMap(feed -> Optional.ofNullable(drained.get(new FeedKey(companyId, Checkpoint.feed(feed))))
                        .stream())
                .min(Comparator.naturalOrder());
    }

    private static List<StreamOverview> likeParents(List<StreamOverview> streams, StreamCatalog catalog) {
        Map<String, StreamOverview> byName =
                streams.stream().collect(Collectors.toMap(StreamOverview::name, Function.identity()));
        return streams.stream().map(stream -> catalog.find(stream.name()).flatMap(StreamDefinition::parent)
                .map(byName::get).filter(parent -> Freshness.followsParent(stream.state(), stream.due()))
                .map(parent -> stream.withCompleteUpTo(parent.completeUpTo())).orElse(stream)).toList();
    }
}
