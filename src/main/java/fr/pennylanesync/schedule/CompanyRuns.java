package fr.pennylanesync.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.company_run}: when each company was last synced, whoever did it. */
public final class CompanyRuns {

    private final JdbcClient jdbc;
    private final String node;

    /** @param node the process that begins syncs through this object */
    public CompanyRuns(JdbcClient jdbc, String node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    public void begun(long companyId) {
        jdbc.sql("""
                insert into pennylane_sync.company_run (company_id, node, begun_at) values (?, ?, now())
                on conflict (company_id) do update
                set node = excluded.node, begun_at = excluded.begun_at, ended_at = null""")
                .params(companyId, node).update();
    }

    /**
     * The sync came to its end, whatever it achieved. One that was broken off has none: the next start begins with it.
     */
    public void ended(long companyId) {
        jdbc.sql("update pennylane_sync.company_run set ended_at = now() where company_id = ? and node = ?")
                .params(companyId, node).update();
    }

    /** Returns when the last sync of any company was begun, by the database's clock: it tells whether one was. */
    Optional<Instant> lastBegun() {
        return jdbc.sql("select max(begun_at) from pennylane_sync.company_run").query(
                (row, n) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant)).single();
    }

    Map<Long, CompanyRun> all() {
        Map<Long, CompanyRun> runs = new HashMap<>();
        jdbc.sql("select company_id, begun_at, ended_at from pennylane_sync.company_run")
                .query(row -> {
                    runs.put(row.getLong(1), run(row));
                });
        return runs;
    }

    private static CompanyRun run(ResultSet row) throws SQLException {
        return new CompanyRun(row.getTimestamp(2).toInstant(),
                Optional.ofNullable(row.getTimestamp(3)).map(Timestamp::toInstant));
    }
}
