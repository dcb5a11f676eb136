package fr.pennylanesync.reload;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code pennylane_sync.reload}: what each node thinks of its routes directory, for those who are not in its
 * process.
 */
public final class ReloadStore {

    /** A node that has not been heard of for longer does not count any more. */
    static final Duration SILENT_MAX = Duration.ofMinutes(5);

    /** @param node the machine's name */
    public record NodeReload(String node, ReloadState state) {}

    private final JdbcClient jdbc;

    public ReloadStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes the state, that the node lives, and forgets those that do not. */
    public void save(String node, ReloadState state) {
        jdbc.sql("""
                insert into pennylane_sync.reload (node, loaded_at, refused_at, faults, seen_at)
                values (?, ?, ?, ?, now())
                on conflict (node) do update set loaded_at = excluded.loaded_at, refused_at = excluded.refused_at,
                    faults = excluded.faults, seen_at = excluded.seen_at""")
                .params(node, Timestamp.from(state.loadedAt()), state.refusedAt().map(Timestamp::from).orElse(null),
                        state.faults().toArray(String[]::new))
                .update();
        jdbc.sql("delete from pennylane_sync.reload where seen_at < now() - interval '7 days'").update();
    }

    /** Of the nodes that live. */
    public List<NodeReload> all() {
        return jdbc.sql(
                "select node, loaded_at, refused_at, faults from pennylane_sync.reload "
                        + "where seen_at > now() - ? * interval '1 s'"
                        + " order by node")
                .param(SILENT_MAX.toSeconds())
                .query((row, n) -> new NodeReload(row.getString(1),
                        new ReloadState(row.getTimestamp(2).toInstant(), refusedAt(row), faults(row))))
                .list();
    }

    private static Optional<Instant> refusedAt(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(3)).map(Timestamp::toInstant);
    }

    private static List<String> faults(ResultSet row) throws SQLException {
        Array faults = row.getArray(4);
        return List.of((String[]) faults.getArray());
    }
}
