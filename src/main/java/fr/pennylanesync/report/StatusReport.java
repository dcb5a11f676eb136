package fr.pennylanesync.report;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.state.StoredInstant;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import fr.pennylanesync.token.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reports the state of every stream of every company, as the warehouse knows it. */
public final class StatusReport {

    /**
     * @param refusal why the company's token is not used
     * @param completeAsOf what changed at Pennylane before that is here, of every list; empty while one is read for the
     * first time
     * @param withoutShare streams whose tables have no row of the company, because only the data sharing has them
     */
    public record CompanyStatus(long id, String alias, String state, Optional<String> refusal,
            List<StreamStatus> streams, Optional<Instant> completeAsOf, List<String> withoutShare) {

        public boolean isWrong() {
            return "REFUSED".equals(state)
                    || "ACTIVE".equals(state) && streams.stream().anyMatch(stream -> stream.error().isPresent());
        }
    }

    private record StreamKey(long companyId, String stream) {}

    /** Each stream comes with its changelogs, so that all of them are one statement. */
    private static final String STREAMS = """
            with asked as materialized (select name, is_child,
                (select coalesce(array_agg(f.feed), '{}') from unnest(:followers::text[], :feeds::text[])
                    f(follower, feed) where f.follower = name) as feeds
                from unnest(:names::text[], :children::boolean[]) a(name, is_child))
            select s.company_id, s.stream, s.state, s.succeeded_at, s.swept_at, s.not_permitted_scope,
                (select min(c.moved_at) from pennylane_sync.checkpoint c where c.company_id = s.company_id
                    and c.stream = any(a.feeds)) as drained_at,
                (select c.pass || ' ' || coalesce(c.position->'ranges'->0->>'after',
                    c.position->'ranges'->0->>'from', c.position->>'from',
                    c.position->>'count', (c.position->>'batches') || ' batches',
                    substr(c.position->>'processedAt', 1, 19) || 'Z', c.position->>'kind')
                    from pennylane_sync.checkpoint c where c.company_id = s.company_id
                        and (c.stream = any(a.feeds)
                            or c.stream = s.stream and (a.is_child or c.position->>'kind' <> 'worked'))
                    order by c.moved_at desc limit 1) as position,
                (select count(*) from (select id from pennylane_sync.due d where d.company_id = s.company_id
                    and d.stream = s.stream and not d.left_out union select id from pennylane_sync.stale_read r
                    where r.company_id = s.company_id and r.stream = s.stream) waiting) as due,
                (select count(*) from pennylane_sync.missed m where m.company_id = s.company_id
                    and m.stream = s.stream) as missed,
                (select string_agg(p.proof, ', ' order by p.proof) from pennylane_sync.sub_list_proof p
                    where p.company_id = s.company_id and p.stream = s.stream
                    and p.contradicted_at is not null) as contradicted,
                (select count(*) from pennylane_sync.due d where d.company_id = s.company_id
                    and d.stream = s.stream and d.left_out) + (select count(*) from pennylane_sync.file f
                    where f.company_id = s.company_id and f.stream = s.stream and f.left_out
                    and f.state = 'PENDING') as left_out,
                q.open, coalesce(s.error_code, case when q.sweep_stopped then :stopped end) as error
            from pennylane_sync.stream_state s join asked a on a.name = s.stream
            cross join lateral (
                select count(*) as open, bool_or(kind = 'SWEEP') as sweep_stopped from pennylane_sync.quarantine
                where company_id = s.company_id and stream = s.stream and resolved_at is null) q
            where cardinality(:ids::bigint[]) = 0 or s.company_id = any(:ids::bigint[])""";

    private final JdbcClient jdbc;
    private final StreamStates states;
    private final StreamCatalog catalog;

    public StatusReport(JdbcClient jdbc, StreamStates states, StreamCatalog catalog) {
        this.jdbc = jdbc;
        this.states = states;
        this.catalog = catalog;
    }

    /** Returns the state of every stream of every company. */
    public List<CompanyStatus> companies() {
        return companies(List.of(), List.of());
    }

    /**
     * Returns the state of some streams of some companies, in as many statements however many streams there are.
     *
     * @param companyIds none means all
     * @param names of streams; none means all
     */
    public List<CompanyStatus> companies(List<Long> companyIds, List<String> names) {
        List<StreamDefinition> all = states.withApart(catalog.all());
        Map<Long, Map<String, StreamStatus>> streams = new HashMap<>();
        read(all.stream().filter(stream -> isNeeded(stream, names)).toList(), companyIds, streams);
        return jdbc.sql("""
                select id, alias, state, case state when 'REFUSED' then refused_code end, scopes
                from pennylane_sync.company
                where cardinality(:ids::bigint[]) = 0 or id = any(:ids::bigint[]) order by alias""")
                .param("ids", companyIds.toArray(Long[]::new))
                .query((row, n) -> new CompanyStatus(row.getLong(1), row.getString(2), row.getString(3),
                        Optional.ofNullable(row.getString(4)),
                        ofWhatIsRead(likeParents(streams.getOrDefault(row.getLong(1), Map.of()), names),
                                Scopes.of(List.of((String[]) row.getArray(5).getArray()))),
                        completeAsOf(streams.getOrDefault(row.getLong(1), Map.of())),
                        withoutShare(streams.getOrDefault(row.getLong(1), Map.of()), names)))
                .list();
    }

    /** A stream that only the data sharing has is begun where that is there and shows the company. */
    private List<String> withoutShare(Map<String, StreamStatus> begun, List<String> names) {
        return catalog.all().stream().filter(stream -> stream.enabled() && !stream.isListed())
                .map(StreamDefinition::name).filter(name -> names.isEmpty() || names.contains(name))
                .filter(name -> !begun.containsKey(name)).toList();
    }

    /** An error of what nobody reads any more would never end. */
    private List<StreamStatus> ofWhatIsRead(List<StreamStatus> streams, Scopes scopes) {
        return streams.stream().map(stream -> catalog.isRead(stream.stream(), scopes::allows) ? stream
                : stream.withoutError()).toList();
    }

    private Optional<Instant> completeAsOf(Map<String, StreamStatus> streams) {
        List<StreamStatus> lists = catalog.roots().stream().flatMap(list -> Stream.ofNullable(streams.get(list.name())))
                .filter(list -> list.notPermitted().isEmpty()).toList();
        return lists.stream().anyMatch(list -> list.lag().isEmpty()) ? Optional.empty()
                : lists.stream().flatMap(list -> list.lag().stream()).max(Comparator.naturalOrder())
                        .map(lag -> Instant.now().minus(lag).truncatedTo(ChronoUnit.SECONDS));
    }

    /** The lag of a child may be its parent's. */
    private boolean isNeeded(StreamDefinition stream, List<String> names) {
        return names.isEmpty() || names.contains(stream.name()) || names.stream()
                .anyMatch(name -> catalog.find(name).flatMap(StreamDefinition::parent).filter(stream.name()::equals)
                        .isPresent());
    }

    private List<StreamStatus> likeParents(Map<String, StreamStatus> streams, List<String> names) {
        Map<String, StreamStatus> sorted = new TreeMap<>(streams);
        sorted.replaceAll((name, status) -> catalog.find(name).flatMap(StreamDefinition::parent).map(streams::get)
                .filter(parent -> Freshness.followsParent(status.state(), status.due()))
                .map(parent -> status.withLag(parent.lag()))
                .orElse(status));
        return sorted.values().stream().filter(status -> names.isEmpty() || names.contains(status.stream())).toList();
    }

    private void read(List<StreamDefinition> streams, List<Long> companyIds,
            Map<Long, Map<String, StreamStatus>> into) {
        Map<String, StreamDefinition> byName =
                streams.stream().collect(Collectors.toMap(StreamDefinition::name, Function.identity()));
        Map<StreamKey, Long> live = live(streams, companyIds);
        List<String[]> feeds = streams.stream().flatMap(stream -> stream.feeds().keySet().stream()
                .map(feed -> new String[] {stream.name(), Checkpoint.feed(feed)})).toList();
        jdbc.sql(STREAMS)
                .param("ids", companyIds.toArray(Long[]::new))
                .param("names", streams.stream().map(StreamDefinition::name).toArray(String[]::new))
                .param("children", streams.stream().map(StreamDefinition::isChild).toArray(Boolean[]::new))
                .param("followers", feeds.stream().map(pair -> pair[0]).toArray(String[]::new))
                .param("feeds", feeds.stream().map(pair -> pair[1]).toArray(String[]::new))
                // As wrong as an error: rows may be here that Pennylane no longer has.
                .param("stopped", Quarantine.SWEEP_WOULD_DELETE)
                .query(row -> {
                    StreamKey key = new StreamKey(row.getLong("company_id"), row.getString("stream"));
                    into.computeIfAbsent(key.companyId, any -> new HashMap<>()).put(key.stream,
                            status(byName.get(key.stream), row, live.getOrDefault(key, 0L)));
                });
    }

    /** Counts the rows of every table in one statement: a table of which few are asked for is read by its key. */
    private Map<StreamKey, Long> live(List<StreamDefinition> streams, List<Long> companyIds) {
        if (streams.isEmpty()) {
            return Map.of();
        }
        String ofCompanies = companyIds.isEmpty() ? "" : " and company_id = any(:ids)";
        String counts = IntStream.range(0, streams.size()).mapToObj(number -> "select company_id, " + number
                + ", count(*) from " + StreamTables.table(streams.get(number)) + " where deleted_at is null"
                + ofCompanies + " group by company_id").collect(Collectors.joining(" union all "));
        Map<StreamKey, Long> live = new HashMap<>();
        jdbc.sql(counts).params(companyIds.isEmpty() ? Map.of() : Map.of("ids", companyIds.toArray(Long[]::new)))
                .query(row -> {
                    live.put(new StreamKey(row.getLong(1), streams.get(row.getInt(2)).name()), row.getLong(3));
                });
        return live;
    }

    private static StreamStatus status(StreamDefinition stream, ResultSet row, long live) throws SQLException {
        StreamState state = StreamState.valueOf(row.getString("state"));
        long due = row.getLong("due");
        Freshness fresh =
                Freshness.of(stream, state, StoredInstant.of(row, "succeeded_at"), StoredInstant.of(row, "swept_at"),
                        StoredInstant.of(row, "drained_at"), due > 0);
        return new StreamStatus(stream.name(), state, Optional.ofNullable(row.getString("position")),
                fresh.succeededAt(), fresh.succeededAt().map(StatusReport::since),
                fresh.completeUpTo().map(StatusReport::since), live, due,
                row.getLong("open"), row.getLong("missed"),
                Optional.ofNullable(row.getString("error")), Optional.ofNullable(row.getString("not_permitted_scope")),
                Optional.ofNullable(row.getString("contradicted")), row.getLong("left_out"), stream.since());
    }

    private static Duration since(Instant at) {
        return Duration.between(at, Instant.now());
    }
}
