package fr.pennylanesync.schedule;

import fr.pennylanesync.activity.RunKind;
import fr.pennylanesync.activity.RunLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.company_run}: when each company was last synced, whoever did it. */
public final class CompanyRuns {

    private final JdbcClient jdbc;
    private final String node;
    private final RunLog log;
    private final LongUnaryOperator requests;
    private final Map<Long, RunUnderWay> underWay = new ConcurrentHashMap<>();

    /** @param requestsBefore that were sent for the company when it began */
    private record RunUnderWay(long id, long requestsBefore) {}

    /**
     * @param node the process that begins syncs through this object
     * @param requests how many requests this process has sent for a company
     */
    public CompanyRuns(JdbcClient jdbc, String node, LongUnaryOperator requests) {
        this.jdbc = jdbc;
        this.node = node;
        this.log = new RunLog(jdbc, node);
        this.requests = requests;
    }

    public void begun(long companyId) {
        underWay.put(companyId, new RunUnderWay(log.begin(RunKind.SYNC, OptionalLong.of(companyId), ""),
                requests.applyAsLong(companyId)));
        jdbc.sql("""
                insert into pennylane_sync.company_run (company_id, node, begun_at) values (?, ?, now())
                on conflict (company_id) do update
                set node = excluded.node, begun_at = excluded.begun_at, ended_at = null""")
                .params(companyId, node).update();
    }

    /**
     * The sync came to its end, whatever it achieved. One that was broken off has none: the next start begins with it.
     *
     * @param read names of the streams that are read
     * @param code of what kept it from its streams, if anything did
     */
    public void ended(long companyId, Collection<String> read, Optional<String> code) {
        Optional.ofNullable(underWay.remove(companyId)).ifPresent(run -> log.endSync(run.id(), read, code,
                requests.applyAsLong(companyId) - run.requestsBefore()));
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
