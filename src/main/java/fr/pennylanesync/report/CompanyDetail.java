package fr.pennylanesync.report;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what one company's page shows beside the state of its streams. */
public final class CompanyDetail {

    /** One batch of the ledger; the hashes are hex. */
    public record BatchEntry(long id, String stream, String pass, long records, long changed, long deleted,
            String batchHash, String chainHash, Instant landedAt) {}

    /**
     * Sums up the newest audit of one kind.
     *
     * @param parts that were compared
     */
    public record AuditSummary(String kind, Instant auditedAt, long parts, long differing, long failed, long skipped) {}

    /** Sums up the syncs that began within one hour. */
    public record HourOfSyncs(Instant hour, long records, long requests) {}

    private final JdbcClient jdbc;
    private final long company;

    public CompanyDetail(JdbcClient jdbc, long company) {
        this.jdbc = jdbc;
        this.company = company;
    }

    /** Returns the newest batches, through the index of each stream's ledger. */
    public List<BatchEntry> batches(int limit) {
        return jdbc.sql("""
                select b.id, b.stream, b.pass, b.record_count, b.changed_count, cardinality(b.deleted_ids),
                    encode(b.batch_hash, 'hex'), encode(b.chain_hash, 'hex'), b.landed_at
                from pennylane_sync.stream_state s
                cross join lateral (select * from pennylane_sync.batch l where l.company_id = s.company_id
                    and l.stream = s.stream order by l.chain_position desc limit :limit) b
                where s.company_id = :company order by b.id desc limit :limit""")
                .param("company", company).param("limit", limit)
                .query((row, n) -> new BatchEntry(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4),
                        row.getLong(5), row.getLong(6), row.getString(7), row.getString(8),
                        row.getTimestamp(9).toInstant()))
                .list();
    }

    /** Returns the newest audit of each kind and stream, summed up by kind. */
    public List<AuditSummary> audits() {
        return jdbc.sql("""
                select a.kind, max(a.audited_at), count(*), count(*) filter (where a.outcome = 'DIFFERENT'),
                    count(*) filter (where a.outcome = 'FAILED'), count(*) filter (where a.outcome = 'SKIPPED')
                from (values ('books'), ('fec'), ('reread'), ('share'), ('trial-balance')) k(kind)
                cross join lateral (select distinct on (stream) stream, kind, audited_at from pennylane_sync.audit
                    where company_id = :company and kind = k.kind order by stream, audited_at desc) newest
                join pennylane_sync.audit a on a.company_id = :company and a.kind = newest.kind
                    and a.stream = newest.stream and a.audited_at = newest.audited_at
                group by a.kind order by a.kind""")
                .param("company", company)
                .query((row, n) -> new AuditSummary(row.getString(1), row.getTimestamp(2).toInstant(), row.getLong(3),
                        row.getLong(4), row.getLong(5), row.getLong(6)))
                .list();
    }

    /** Returns what the syncs of the last hours brought, oldest first; an hour without one is left out. */
    public List<HourOfSyncs> hours(int hours) {
        return jdbc.sql("""
                select date_trunc('hour', started_at, 'UTC') as hour, sum(records_read), sum(requests)
                from pennylane_sync.sync_run where company_id = ? and kind = 'sync'
                    and started_at > now() - ? * interval '1 hour' group by 1 order by 1""")
                .params(company, hours)
                .query((row, n) -> new HourOfSyncs(row.getTimestamp(1).toInstant(), row.getLong(2), row.getLong(3)))
                .list();
    }
}
