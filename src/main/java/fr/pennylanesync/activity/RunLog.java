package fr.pennylanesync.activity;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code pennylane_sync.sync_run}: every sync, audit and verification. What a sync brought is read from the
 * ledger, behind the batch that was the newest when it began, so that the table says nothing that the ledger does not.
 */
public final class RunLog {

    private final JdbcClient jdbc;
    private final String node;

    /** @param node the process that begins runs through this object */
    public RunLog(JdbcClient jdbc, String node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /**
     * Notes that a run begins. A sync of the company that never ended belonged to a process that died, for only one
     * runs at a time; of the others only an old one did for certain.
     *
     * @param company empty: every one
     * @param part of an audit its kind, else empty
     * @return its id
     */
    public long begin(RunKind kind, OptionalLong company, String part) {
        Long companyId = company.isPresent() ? company.getAsLong() : null;
        return jdbc.sql("""
                with broken_off as (update pennylane_sync.sync_run set ended_at = now(), outcome = 'BROKEN_OFF'
                    where ended_at is null and kind = :kind and part = :part
                    and company_id is not distinct from :company::bigint
                    and (kind = 'sync' or started_at < now() - interval '1 day'))
                insert into pennylane_sync.sync_run (kind, company_id, part, node, after_batch)
                select :kind, :company::bigint, :part, :node, coalesce(max(id), 0) from pennylane_sync.batch
                returning id""")
                .param("kind", kind.label()).param("company", companyId).param("part", part).param("node", node)
                .query(Long.class).single();
    }

    /** Notes how an audit or a verification ended. */
    public void end(long id, RunResult result) {
        jdbc.sql("""
                update pennylane_sync.sync_run set ended_at = now(), outcome = ?, error_code = ?, records_read = ?,
                    differences = ? where id = ? and ended_at is null""")
                .params(result.outcome().name(), result.code().orElse(null), result.compared(), result.differences(),
                        id)
                .update();
    }

    /**
     * Notes how a sync ended, with what it landed. Without a code it is complete if none of the company's streams that
     * are read stands stopped.
     *
     * @param read names of streams
     * @param requests that were sent for the company meanwhile
     */
    public void endSync(long id, Collection<String> read, Optional<String> code, long requests) {
        jdbc.sql("""
                update pennylane_sync.sync_run r set ended_at = now(), error_code = :code, requests = :requests,
                    outcome = case when :code::text is not null then 'FAILED' when exists (
                        select from pennylane_sync.stream_state s where s.company_id = r.company_id
                        and s.stream = any(:read) and s.error_code is not null) then 'INCOMPLETE' else 'COMPLETE' end,
                    (records_read, rows_changed, rows_deleted) = (
                        select coalesce(sum(b.record_count), 0), coalesce(sum(b.changed_count), 0),
                            coalesce(sum(cardinality(b.deleted_ids)), 0) from pennylane_sync.batch b
                        where b.id > r.after_batch and b.company_id = r.company_id)
                where id = :id and ended_at is null""")
                .param("code", code.orElse(null)).param("requests", requests)
                .param("read", read.toArray(String[]::new)).param("id", id).update();
    }
}
