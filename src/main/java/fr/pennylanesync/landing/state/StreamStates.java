package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
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
    }

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
        String[] names = children.toArray(String[]::new);
        jdbc.sql("""
                insert into pennylane_sync.stream_state (company_id, stream, state)
                select ?, c, 'NEW' from unnest(?::text[]) c order by c on conflict do nothing""")
                .params(companyId, names).update();
        return Set.copyOf(jdbc.sql("""
                update pennylane_sync.stream_state set parents_due_at = now()
                where company_id = ? and stream = any(?::text[]) and parents_due_at is null returning stream""")
                .params(companyId, names).query(String.class).list());
    }

    @Override
    public StreamProgress progress(long companyId, String stream) {
        return jdbc.sql("""
                select s.state, s.history_began_at, s.swept_at,
                    (select q.reason from pennylane_sync.quarantine q
                     where q.company_id = s.company_id and q.stream = s.stream and q.kind = 'SWEEP'
                     and q.resolved_at is null),
                    s.history_source
                from pennylane_sync.stream_state s where s.company_id = ? and s.stream = ?""")
                .params(companyId, stream)
                .query((row, n) -> new StreamProgress(StreamState.valueOf(row.getString(1)), instant(row, 2),
                        instant(row, 3),
                        Optional.ofNullable(row.getString(4)),
                        Source.of(row.getString(5))))
                .optional().orElse(StreamProgress.NEW);
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
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
    public Map<String, LiveStream> live(long companyId) {
        Map<String, LiveStream> live = new HashMap<>();
        jdbc.sql(String.format(Locale.ROOT, """
                select s.stream, coalesce(s.swept_at, 'epoch'), s.error_code is null and s.not_permitted_scope is null
                    and not exists (select 1 from pennylane_sync.due d where d.company_id = s.company_id
                        and d.stream = s.stream and %s)
                    and not exists (select 1 from pennylane_sync.stale_read r where r.company_id = s.company_id
                        and r.stream = s.stream and r.ask_again_at <= now())
                    and not exists (select 1 from pennylane_sync.quarantine q where q.company_id = s.company_id
                        and q.stream = s.stream and q.kind = 'SWEEP' and q.resolved_at is null)
                from pennylane_sync.stream_state s where s.company_id = ? and s.state = 'LIVE'""",
                DueList.WAITS_NO_LONGER)).param(companyId)
                .query(row -> {
                    live.put(row.getString(1),
                            new LiveStream(row.getTimestamp(2).toInstant(), row.getBoolean(3)));
                });
        return live;
    }

    @Override
    public void passedOver(long companyId, Collection<String> streams, Collection<String> children) {
        jdbc.sql("""
                update pennylane_sync.stream_state set succeeded_at = now(),
                    walked_at = case when stream = any(:children::text[]) then now() else walked_at end
                where company_id = :company and (stream = any(:streams::text[]) or stream = any(:children::text[]))
                and state = 'LIVE' and error_code is null""").param("company", companyId)
                .param("streams", streams.toArray(String[]::new)).param("children", children.toArray(String[]::new))
                .update();
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
