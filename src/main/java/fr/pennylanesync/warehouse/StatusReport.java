package fr.pennylanesync.warehouse;

import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where every stream of every company stands, as the warehouse knows it. */
public final class StatusReport {

    /** @param refusal why the company's token is not used */
    public record CompanyStatus(long id, String alias, String state, Optional<String> refusal, List<StreamStatus> streams) {

        public boolean isWrong() {
            return "REFUSED".equals(state) || streams.stream().anyMatch(stream -> stream.error().isPresent());
        }
    }

    /**
     * @param position of the pass that moved last: its name and where it stands
     * @param age since the last success
     * @param rows that are not deleted
     * @param due records or parents that wait to be read
     * @param quarantined entries that are not resolved
     */
    public record StreamStatus(String stream, StreamState state, Optional<String> position, Optional<Instant> succeededAt,
            Optional<Duration> age, long rows, long due, long quarantined, Optional<String> error) {}

    private final JdbcClient jdbc;
    private final StreamCatalog catalog;

    public StatusReport(JdbcClient jdbc, StreamCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    public List<CompanyStatus> companies() {
        return jdbc.sql("select id, alias, state, refused_code from pennylane_sync.company order by alias")
                .query((row, n) -> new CompanyStatus(row.getLong(1), row.getString(2), row.getString(3),
                        Optional.ofNullable(row.getString(4)), List.of())).list().stream()
                .map(company -> new CompanyStatus(company.id(), company.alias(), company.state(), company.refusal(), streams(company.id())))
                .toList();
    }

    private List<StreamStatus> streams(long companyId) {
        List<StreamStatus> streams = new ArrayList<>();
        for (StreamDefinition stream : catalog.all()) {
            status(companyId, stream).ifPresent(streams::add);
        }
        return streams;
    }

    private Optional<StreamStatus> status(long companyId, StreamDefinition stream) {
        return jdbc.sql("""
                select s.state, s.succeeded_at, s.error_code,
                    (select c.pass || ' ' || coalesce(c.position->>'id', c.position->>'from', c.position->>'count', c.position->>'batches',
                        c.position->>'kind') from pennylane_sync.checkpoint c where c.company_id = s.company_id and c.stream = s.stream
                        order by c.moved_at desc limit 1),
                    (select count(*) from %s t where t.company_id = s.company_id and t.deleted_at is null),
                    (select count(*) from pennylane_sync.due d where d.company_id = s.company_id and d.stream = s.stream),
                    (select count(*) from pennylane_sync.quarantine q where q.company_id = s.company_id and q.stream = s.stream
                        and q.resolved_at is null)
                from pennylane_sync.stream_state s where s.company_id = ? and s.stream = ?""".formatted(StreamTables.table(stream)))
                .params(companyId, stream.name()).query((row, n) -> status(stream, row)).optional();
    }

    private static StreamStatus status(StreamDefinition stream, ResultSet row) throws SQLException {
        Optional<Instant> succeeded = Optional.ofNullable(row.getTimestamp(2)).map(Timestamp::toInstant);
        return new StreamStatus(stream.name(), StreamState.valueOf(row.getString(1)), Optional.ofNullable(row.getString(4)), succeeded,
                succeeded.map(at -> Duration.between(at, Instant.now())), row.getLong(5), row.getLong(6), row.getLong(7),
                Optional.ofNullable(row.getString(3)));
    }
}
