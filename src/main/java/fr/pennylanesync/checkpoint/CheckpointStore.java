package fr.pennylanesync.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.PassKind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.checkpoint}. Moves by compare-and-set; takes part in the caller's transaction. */
public final class CheckpointStore implements FeedCheckpoints {

    private static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();

    private final JdbcClient jdbc;

    public CheckpointStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Checkpoint> find(long companyId, String stream, PassKind pass) {
        return jdbc.sql(
                "select run, position::text from pennylane_sync.checkpoint where company_id = ? and stream = ? "
                        + "and pass = ?")
                .params(companyId, stream, pass.label())
                .query((row, n) -> new Checkpoint(companyId, stream, pass, row.getLong(1), parse(row.getString(2))))
                .optional();
    }

    @Override
    public Map<String, Checkpoint> feeds(long companyId) {
        Map<String, Checkpoint> feeds = new HashMap<>();
        jdbc.sql("select stream, run, position::text from pennylane_sync.checkpoint where company_id = ? and pass = ?"
                + " and starts_with(stream, ?)")
                .params(companyId, PassKind.CHANGES.label(), Checkpoint.feed("")).query(row -> {
                    feeds.put(row.getString(1), new Checkpoint(companyId, row.getString(1), PassKind.CHANGES,
                            row.getLong(2), parse(row.getString(3))));
                });
        return feeds;
    }

    /**
     * Takes a pass up where it stands, or begins it.
     *
     * @param start gives the position of a new run
     * @param resume what an unfinished run goes on from; returns null where it cannot be resumed and must begin again
     * as a new run
     */
    public Checkpoint open(long companyId, String stream, PassKind pass, Supplier<Position> start,
            UnaryOperator<Position> resume) {
        Optional<Checkpoint> found = find(companyId, stream, pass);
        if (found.isEmpty()) {
            Checkpoint first = new Checkpoint(companyId, stream, pass, lastRun(companyId, stream, pass) + 1,
                    start.get());
            insert(first);
            return first;
        }
        Checkpoint old = found.get();
        Position resumed = old.isEnded() ? null : resume.apply(old.position());
        if (old.position().equals(resumed)) {
            return old;
        }
        Checkpoint next =
                new Checkpoint(companyId, stream, pass, old.run() + 1, resumed == null ? start.get() : resumed);
        replace(old, next, resumed == null);
        return next;
    }

    /**
     * Takes a pass up where it stands, or begins it.
     *
     * @param start the position of a new run
     */
    public Checkpoint open(long companyId, String stream, PassKind pass, Position start,
            UnaryOperator<Position> resume) {
        return open(companyId, stream, pass, () -> start, resume);
    }

    /**
     * A checkpoint that somebody removed must not name its batches as an earlier one did: they would count as landed.
     */
    private long lastRun(long companyId, String stream, PassKind pass) {
        return jdbc.sql(
                "select coalesce(max(run), 0) from pennylane_sync.batch where company_id = ? and stream = ? "
                        + "and pass = ?")
                .params(companyId, stream, pass.label()).query(Long.class).single();
    }

    /** @throws SyncException CHECKPOINT_MOVED if the checkpoint no longer stands at {@code from} */
    public void move(Checkpoint from, Position to) {
        replace(from, from.at(to), false);
    }

    /** One statement for all of them: most syncs find every changelog silent. */
    @Override
    public void touch(long companyId, Collection<Checkpoint> at, Duration ago) {
        jdbc.sql("""
                update pennylane_sync.checkpoint c set version = c.version + 1,
                    moved_at = greatest(c.moved_at, now() - make_interval(secs => ?))
                from unnest(?::text[], ?::text[], ?::bigint[], ?::text[]) w(stream, pass, run, position)
                where c.company_id = ? and c.stream = w.stream and c.pass = w.pass and c.run = w.run
                    and c.position = w.position::jsonb""")
                .params(ago.toNanos() / 1e9, column(at, Checkpoint::stream), column(at, each -> each.pass().label()),
                        at.stream().map(Checkpoint::run).toArray(Long[]::new),
                        column(at, each -> text(each.position())), companyId)
                .update();
    }

    private static String[] column(Collection<Checkpoint> checkpoints, Function<Checkpoint, String> value) {
        return checkpoints.stream().map(value).toArray(String[]::new);
    }

    /**
     * Tells whether a complete reading of the stream, by a walk, a sweep or from the data sharing, has ended since its
     * current history was begun.
     */
    public boolean isHistoryRead(long companyId, String stream) {
        return jdbc.sql("""
                select 1 from pennylane_sync.checkpoint c join pennylane_sync.stream_state s using (company_id, stream)
                where c.company_id = ? and c.stream = ? and c.pass in ('walk', 'sweep', 'history')
                and c.position->>'kind' = 'ended'
                  and c.moved_at >= s.history_noted_at""").params(companyId, stream).query(Integer.class).optional()
                .isPresent();
    }

    /**
     * Tells whether the pass under way was begun since the current history; one that was begun before has passed by
     * what changed since.
     */
    public boolean isResumable(long companyId, String stream, PassKind pass) {
        return jdbc.sql("""
                select 1 from pennylane_sync.checkpoint c join pennylane_sync.stream_state s using (company_id, stream)
                where c.company_id = ? and c.stream = ? and c.pass = ? and c.position->>'kind' <> 'ended'
                  and c.begun_at >= s.history_noted_at""").params(companyId, stream, pass.label()).query(Integer.class)
                .optional().isPresent();
    }

    /**
     * Tells whether the position of a feed was ahead of the database's clock when it was stored, and no event was seen
     * there: then nothing but another clock can have said so.
     */
    public boolean isUnfounded(long companyId, String feed) {
        return jdbc.sql("""
                select 1 from pennylane_sync.checkpoint c
                where c.company_id = ? and c.stream = ? and c.pass = ? and c.position->>'kind' = 'drained'
                  and (c.position->>'processedAt')::timestamptz > c.moved_at + make_interval(secs => ?)
                  and not exists (select 1 from pennylane_sync.seen_event e where e.company_id = c.company_id
                      and e.feed = c.stream and e.processed_at >= date_trunc('milliseconds',
                          (c.position->>'processedAt')::timestamptz))""")
                .params(companyId, Checkpoint.feed(feed), PassKind.CHANGES.label(),
                        PositionClock.TOLERANCE.toSeconds())
                .query(Integer.class).optional().isPresent();
    }

    /** Lets the pass begin anew. */
    public void delete(long companyId, String stream, PassKind pass) {
        jdbc.sql("delete from pennylane_sync.checkpoint where company_id = ? and stream = ? and pass = ?")
                .params(companyId, stream, pass.label()).update();
    }

    private void insert(Checkpoint first) {
        int inserted = jdbc.sql("""
                insert into pennylane_sync.checkpoint (company_id, stream, pass, run, position, version, begun_at,
                    moved_at)
                values (?, ?, ?, ?, ?::jsonb, 1, now(), now()) on conflict do nothing""")
                .params(first.companyId(), first.stream(), first.pass().label(), first.run(), text(first.position()))
                .update();
        if (inserted != 1) {
            throw first.moved();
        }
    }

    private void replace(Checkpoint old, Checkpoint next, boolean begins) {
        int moved = jdbc.sql("""
                update pennylane_sync.checkpoint
                set run = ?, position = ?::jsonb, version = version + 1, moved_at = now(),
                    begun_at = case when ? then now() else begun_at end
                where company_id = ? and stream = ? and pass = ? and run = ? and position = ?::jsonb""")
                .params(next.run(), text(next.position()), begins, old.companyId(), old.stream(), old.pass().label(),
                        old.run(),
                        text(old.position()))
                .update();
        if (moved != 1) {
            throw old.moved();
        }
    }

    private static String text(Position position) {
        try {
            return JSON.writerFor(Position.class).writeValueAsString(position);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a position can always be written", e);
        }
    }

    /** Reads a position as the table has it. */
    public static Position parse(String text) {
        try {
            return JSON.readValue(text, Position.class);
        } catch (JsonProcessingException e) {
            // Without its cause: the parser's text would quote the row.
            throw new SyncException(CheckpointErrorCode.CHECKPOINT_UNREADABLE);
        }
    }
}
