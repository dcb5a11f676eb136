package fr.pennylanesync.report;

import fr.pennylanesync.stream.StreamState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows the state of every company and stream, read in three statements whatever the number of companies: for pages and
 * metrics that are asked for again and again. Row counts are elsewhere: see {@link RowCounts}.
 *
 * @param quarantinedEver entries of the quarantine, resolved ones too
 */
public record Overview(List<CompanyOverview> companies, long quarantinedEver) {

    /**
     * @param refusal why its token is not used
     * @param scopes of its token
     */
    public record CompanyOverview(long id, String alias, String state, Optional<String> refusal, List<String> scopes,
            List<StreamOverview> streams) {

        public boolean isActive() {
            return "ACTIVE".equals(state);
        }
    }

    /**
     * @param succeededAt when it last came to its end
     * @param due records or parents that wait to be read
     * @param quarantined entries that are not resolved
     * @param pendingFiles files that wait to be archived
     */
    public record StreamOverview(String name, StreamState state, Optional<Instant> succeededAt, Optional<String> error,
            long due, long quarantined,
            long pendingFiles) {}

    public static Overview read(JdbcClient jdbc) {
        Map<Long, List<StreamOverview>> streams = streams(jdbc);
        List<CompanyOverview> companies =
                jdbc.sql("select id, alias, state, refused_code, scopes from pennylane_sync.company order by alias")
                        .query((row, n) -> new CompanyOverview(row.getLong(1), row.getString(2), row.getString(3),
                                Optional.ofNullable(row.getString(4)),
                                List.of((String[]) row.getArray(5).getArray()),
                                streams.getOrDefault(row.getLong(1), List.of())))
                        .list();
        return new Overview(companies,
                jdbc.sql("select count(*) from pennylane_sync.quarantine").query(Long.class).single());
    }

    private static Map<Long, List<StreamOverview>> streams(JdbcClient jdbc) {
        Map<Long, List<StreamOverview>> streams = new HashMap<>();
        jdbc.sql("""
                select s.company_id, s.stream, s.state, s.succeeded_at, s.error_code, coalesce(d.n, 0), coalesce(q.n,
                    0), coalesce(f.n, 0)
                from pennylane_sync.stream_state s
                left join (select company_id, stream, count(*) n from pennylane_sync.due
                group by 1, 2) d using (company_id, stream)
                left join (select company_id, stream, count(*) n from pennylane_sync.quarantine
                where resolved_at is null group by 1, 2) q
                    using (company_id, stream)
                left join (select company_id, stream, count(*) n from pennylane_sync.file where state = 'PENDING'
                group by 1, 2) f
                    using (company_id, stream)
                order by s.stream""").query(row -> {
            streams.computeIfAbsent(row.getLong(1), any -> new ArrayList<>()).add(stream(row));
        });
        return streams;
    }

    private static StreamOverview stream(ResultSet row) throws SQLException {
        return new StreamOverview(row.getString(2), StreamState.valueOf(row.getString(3)),
                Optional.ofNullable(row.getTimestamp(4)).map(Timestamp::toInstant),
                Optional.ofNullable(row.getString(5)), row.getLong(6),
                row.getLong(7), row.getLong(8));
    }
}
