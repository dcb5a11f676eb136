package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.StoredInstant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code pennylane_sync.sync_run}, newest first. Of one that is under way it counts what is done. */
public final class RunList {

    private static final String NEWEST = """
            select r.id, r.kind, r.company_id, c.alias, r.part, r.started_at, r.ended_at, r.outcome, r.error_code,
                coalesce(live.records, r.records_read) as records, coalesce(live.changed, r.rows_changed) as changed,
                coalesce(live.deleted, r.rows_deleted) as deleted, coalesce(live.requests, r.requests) as requests,
                r.differences, read.done, read.streams
            from (select * from pennylane_sync.sync_run
                where (:kind::text is null or kind = :kind) and (:before::bigint is null or id < :before)
                    and (:all or company_id = any(:companies::bigint[]))
                order by id desc limit :limit) r
            left join pennylane_sync.company c on c.id = r.company_id
            left join lateral (select sum(record_count) as records, sum(changed_count) as changed,
                    sum(cardinality(deleted_ids)) as deleted, sum(requests_used) as requests
                from pennylane_sync.batch b where r.ended_at is null and r.kind = 'sync'
                    and r.started_at > now() - interval '1 day' and b.id > r.after_batch
                    and b.company_id = r.company_id) live on true
            left join lateral (select count(*) filter (where s.succeeded_at >= r.started_at) as done,
                    count(*) as streams
                from pennylane_sync.stream_state s where r.ended_at is null and r.kind = 'sync'
                    and r.started_at > now() - interval '1 day' and s.company_id = r.company_id
                    and s.not_permitted_scope is null) read on true
            order by r.id desc""";

    private final JdbcClient jdbc;

    public RunList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the newest runs.
     *
     * @param kind empty: every one
     * @param companies whose runs are meant; empty: those of all companies, and those that are about all
     * @param before only those that began before the run of this id
     */
    public List<RunEntry> newest(Optional<String> kind, Optional<Set<Long>> companies, Optional<Long> before,
            int limit) {
        return jdbc.sql(NEWEST).param("kind", kind.orElse(null)).param("before", before.orElse(null))
                .param("all", companies.isEmpty())
                .param("companies", companies.orElse(Set.of()).toArray(Long[]::new)).param("limit", limit)
                .query(RunList::entry).list();
    }

    private static RunEntry entry(ResultSet row, int number) throws SQLException {
        return new RunEntry(row.getLong("id"), row.getString("kind"),
                Optional.ofNullable(row.getObject("company_id", Long.class)),
                Optional.ofNullable(row.getString("alias")), row.getString("part"),
                row.getTimestamp("started_at").toInstant(), StoredInstant.of(row, "ended_at"),
                Optional.ofNullable(row.getString("outcome")), Optional.ofNullable(row.getString("error_code")),
                row.getLong("records"), row.getLong("changed"), row.getLong("deleted"), row.getLong("requests"),
                row.getLong("differences"), row.getLong("done"), row.getLong("streams"));
    }
}
