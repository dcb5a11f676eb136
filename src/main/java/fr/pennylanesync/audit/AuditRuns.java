package fr.pennylanesync.audit;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.audit_run}: which company was audited for which moment of the schedule. */
public final class AuditRuns {

    /** A process that died during an audit leaves it to the next moment, but not for longer than that. */
    private static final String ABANDONED = "interval '12 hours'";

    private final JdbcClient jdbc;

    public AuditRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the newest moment of each company that is not being audited. A company that is new waits for the first
     * moment from now on.
     */
    public Map<Long, Instant> planned(Collection<Long> companies) {
        Long[] ids = companies.toArray(Long[]::new);
        jdbc.sql("insert into pennylane_sync.audit_run (company_id) select u.id from unnest(?::bigint[]) u(id)"
                + " on conflict do nothing").param(ids).update();
        Map<Long, Instant> planned = new LinkedHashMap<>();
        jdbc.sql("select company_id, planned_at from pennylane_sync.audit_run where company_id = any(?::bigint[])"
                + " and (begun_at is null or ended_at >= begun_at or begun_at < now() - " + ABANDONED
                + ") order by planned_at, company_id").param(ids).query(row -> {
                    planned.put(row.getLong(1), row.getTimestamp(2).toInstant());
                });
        return planned;
    }

    /**
     * Begins the audit of a company, unless it has begun since.
     *
     * @param seen as {@link #planned} told it
     * @return whether it is the caller's to do
     */
    public boolean claim(long companyId, Instant seen) {
        return jdbc.sql("""
                update pennylane_sync.audit_run set planned_at = now(), begun_at = now(), ended_at = null
                where company_id = ? and planned_at = ?""").params(companyId, Timestamp.from(seen)).update() == 1;
    }

    public void end(long companyId) {
        jdbc.sql("update pennylane_sync.audit_run set ended_at = now() where company_id = ?").param(companyId).update();
    }

    /** Tells whether the company came to a result of the kind within the last week. */
    public boolean isOfThisWeek(long companyId, AuditKind kind) {
        return jdbc.sql("""
                select exists (select 1 from pennylane_sync.audit where company_id = ? and kind = ?
                and outcome not in ('FAILED', 'SKIPPED') and audited_at > now() - interval '6 days 12 hours')""")
                .params(companyId, kind.label()).query(Boolean.class).single();
    }
}
