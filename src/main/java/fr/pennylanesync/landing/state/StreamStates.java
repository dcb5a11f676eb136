package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code pennylane_sync.stream_state}: where each stream of each company is in its life, and its last error.
 */
public final class StreamStates implements StreamLifecycle {

    /**
     * One stream's life so far.
     *
     * @param historyBeganAt an instant that had passed before the first read of the current history
     * @param sweptAt when a complete walk last looked for deletions
     * @param sweepStopped the reason of the sweep that its guard stopped and that nobody has confirmed yet
     * @param historySource where the current history is read from
     */
    public record StreamProgress(StreamState state, Optional<Instant> historyBeganAt, Optional<Instant> sweptAt,
            Optional<String> sweepStopped,
            Source historySource) {

        /** Is what is known of a stream that was never planned. */
        public static final StreamProgress NEW = new StreamProgress(StreamState.NEW, Optional.empty(),
                Optional.empty(), Optional.empty(), Source.API);

        /** Tells whether the current history came from the data sharing, and no sweep of the list has completed it. */
        public boolean isOfShareAlone() {
            Instant began = historyBeganAt.orElse(Instant.MAX);
            return historySource == Source.SHARE && sweptAt.filter(began::isBefore).isEmpty();
        }
    }

    private static final String PROGRESS = """
            s.state, s.history_began_at, s.swept_at,
                (select q.reason from pennylane_sync.quarantine q
                 where q.company_id = s.company_id and q.stream = s.stream and q.kind = 'SWEEP'
                 and q.resolved_at is null),
                s.history_source""";

    /**
     * The condition that nothing of a stream {@code s} is due, and nothing is wrong with it. As it is put, each part is
     * looked up by its key: the planner takes it for no join, for which it might read all that is due.
     */
    private static final String IS_QUIET = String.format(Locale.ROOT, """
            s.error_code is null and s.not_permitted_scope is null and not (
                exists (select 1 from pennylane_sync.due d where d.company_id = s.company_id
                    and d.stream = s.stream and %s)
                or exists (select 1 from pennylane_sync.stale_read r where r.company_id = s.company_id
                    and r.stream = s.stream and r.ask_again_at <= now())
                or exists (select 1 from pennylane_sync.quarantine q where q.company_id = s.company_id
                    and q.stream = s.stream and q.kind = 'SWEEP' and q.resolved_at is null))""",
            DueList.CAN_BE_READ);

    private final JdbcClient jdbc;

    public StreamStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean introduce(long companyId, String stream) {
        return jdbc.sql(
                "insert into pennylane_sync.stream_state (company_id, stream, state) values (?, ?, 'NEW') on conflict "
                        + "do nothing")
                .params(companyId, stream).update() == 1;
    }

    @Override
    public Set<String> introduceChildren(long companyId, Collection<String> children) {
        return jdbc.sql("""
                insert into pennylane_sync.stream_state as s (company_id, stream, state, parents_due_at)
                select :company, c, 'NEW', now() from unnest(:children::text[]) c
                where not exists (select 1 from pennylane_sync.stream_state k where k.company_id = :company
                    and k.stream = c and k.parents_due_at is not null)
                order by c on conflict (company_id, stream) do update set parents_due_at = now()
                where s.parents_due_at is null returning stream""")
                .param("company", companyId).param("children", children.toArray(String[]::new)).query(String.class)
                .set();
    }

    @Override
    public StreamProgress progress(long companyId, String stream) {
        return jdbc.sql("select " + PROGRESS
                + " from pennylane_sync.stream_state s where s.company_id = ? and s.stream = ?")
                .params(companyId, stream).query((row, n) -> progress(row)).optional().orElse(StreamProgress.NEW);
    }

    private static StreamProgress progress(ResultSet row) throws SQLException {
        return new StreamProgress(StreamState.valueOf(row.getString(1)), StoredInstant.of(row, 2),
                StoredInstant.of(row, 3),
                Optional.ofNullable(row.getString(4)), Source.of(row.getString(5)));
    }

    @Override
    public void keepApart(long companyId, String stream) {
        introduce(companyId, stream);
        if (progress(companyId, stream).state() == StreamState.NEW) {
            move(companyId, stream, StreamState.NEW, StreamState.APART);
        }
    }

    /** The streams, each followed by its table of the data sharing where any company has that kept apart. */
    public List<StreamDefinition> withApart(Collection<StreamDefinition> streams) {
        List<String> landed =
                jdbc.sql("select distinct stream from pennylane_sync.stream_state where starts_with(stream, ?)"
                        + " and (chain_head is not null or error_code is not null)").param(StreamDefinition.APART)
                        .query(String.class).list();
        List<StreamDefinition> all = new ArrayList<>();
        for (StreamDefinition stream : streams) {
            all.add(stream);
            stream.share().map(table -> stream.apart()).filter(apart -> landed.contains(apart.name()))
                    .ifPresent(all::add);
        }
        return all;
    }

    @Override
    public void move(long companyId, String stream, StreamState from, StreamState to) {
        expect(jdbc.sql(
                "update pennylane_sync.stream_state set state = ? where company_id = ? and stream = ? and state = ?")
                .params(to.name(), companyId, stream, from.name()).update(), companyId, stream, from);
    }

    private static void expect(int moved, long companyId, String stream, StreamState from) {
        if (moved != 1) {
            throw new IllegalStateException("STREAM_STATE: " + stream + " of company " + companyId + " is not " + from);
        }
    }

    @Override
    public void beginHistory(long companyId, String stream, StreamState from, Instant at, Source source) {
        expect(jdbc.sql(
                "update pennylane_sync.stream_state set state = 'HISTORY', history_began_at = ?, "
                        + "history_noted_at = now(),"
                        + " history_source = ? where company_id = ? and stream = ? and state = ?")
                .params(Timestamp.from(at), source.label(), companyId, stream, from.name()).update(), companyId, stream,
                from);
    }

    @Override
    public boolean beganUnfounded(long companyId, String stream) {
        return jdbc.sql("""
                select 1 from pennylane_sync.stream_state where company_id = ? and stream = ?
                and history_began_at > history_noted_at + interval '5 minutes'""").params(companyId, stream)
                .query(Integer.class).optional().isPresent();
    }

    @Override
    public void historySource(long companyId, String stream, Source source) {
        jdbc.sql("update pennylane_sync.stream_state set history_source = ? where company_id = ? and stream = ?")
                .params(source.label(), companyId, stream).update();
    }

    @Override
    public void follow(long companyId, String child, String parent) {
        jdbc.sql("""
                update pennylane_sync.stream_state c
                set state = case when c.walked_at is null and p.state <> 'NEW' then 'HISTORY' else p.state end
                from pennylane_sync.stream_state p
                where c.company_id = ? and c.stream = ? and p.company_id = c.company_id and p.stream = ?
                    and c.state is distinct from
                        case when c.walked_at is null and p.state <> 'NEW' then 'HISTORY' else p.state end""")
                .params(companyId, child, parent).update();
    }

    @Override
    public void walked(long companyId, String stream, boolean alsoSwept) {
        jdbc.sql("""
                update pennylane_sync.stream_state set walked_at = now(), swept_at = case when ? then now()
                    else swept_at end
                where company_id = ? and stream = ?""").params(alsoSwept, companyId, stream).update();
    }

    @Override
    public void succeeded(long companyId, String stream) {
        jdbc.sql("""
                update pennylane_sync.stream_state set succeeded_at = now(), error_code = null, error_at = null,
                    not_permitted_scope = null
                where company_id = ? and stream = ?""").params(companyId, stream).update();
    }

    @Override
    public Map<String, Standing> standings(long companyId) {
        Map<String, Standing> standings = new HashMap<>();
        jdbc.sql("select " + PROGRESS + ", s.stream, " + IS_QUIET
                + " from pennylane_sync.stream_state s where s.company_id = ?").param(companyId).query(row -> {
                    standings.put(row.getString(6), new Standing(progress(row), row.getBoolean(7)));
                });
        return standings;
    }

    @Override
    public Set<String> passOver(long companyId, Collection<StreamDefinition> streams, Duration ago) {
        return jdbc.sql("""
                update pennylane_sync.stream_state s set succeeded_at = greatest(s.succeeded_at, t.looked_at),
                    walked_at = case when w.parent is null then s.walked_at else greatest(s.walked_at, t.looked_at) end
                from unnest(?::text[], ?::text[]) w(stream, parent),
                    (select now() - make_interval(secs => ?) as looked_at) t
                where s.company_id = ? and s.stream = w.stream and s.state = 'LIVE' and (w.parent is null
                    or exists (select 1 from pennylane_sync.stream_state p where p.company_id = s.company_id
                        and p.stream = w.parent and p.state = 'LIVE')) and\s""" + IS_QUIET + " returning s.stream")
                .params(streams.stream().map(StreamDefinition::name).toArray(String[]::new),
                        streams.stream().map(stream -> stream.parent().orElse(null)).toArray(String[]::new),
                        ago.toNanos() / 1e9, companyId)
                .query(String.class).set();
    }

    @Override
    public boolean notPermitted(long companyId, String stream, String scope) {
        introduce(companyId, stream);
        return jdbc.sql("""
                update pennylane_sync.stream_state set not_permitted_scope = ?, error_code = null, error_at = null
                where company_id = ? and stream = ? and not_permitted_scope is distinct from ?""")
                .params(scope, companyId, stream, scope).update() == 1;
    }

    public void failed(long companyId, String stream, String code) {
        introduce(companyId, stream);
        jdbc.sql(
                "update pennylane_sync.stream_state set error_code = ?, error_at = now() where company_id = ? "
                        + "and stream = ?")
                .params(code, companyId, stream).update();
    }
}
