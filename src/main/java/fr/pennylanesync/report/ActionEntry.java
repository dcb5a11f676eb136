package fr.pennylanesync.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One row of the trail of what operators asked for; see {@code pennylane_sync.operator_action}. */
public record ActionEntry(Instant at, String operator, String action, Optional<Long> company, Optional<String> alias,
        String subject, String outcome, String detail) {

    /**
     * Returns the newest rows, newest first.
     *
     * @param companies whose rows are meant; empty: all
     */
    public static List<ActionEntry> newest(JdbcClient jdbc, Optional<Set<Long>> companies, int limit) {
        return jdbc.sql("""
                select a.at, a.operator, a.action, a.company_id, c.alias, a.subject, a.outcome, a.detail
                from pennylane_sync.operator_action a left join pennylane_sync.company c on c.id = a.company_id
                where :all or a.company_id = any(:companies::bigint[]) order by a.id desc limit :limit""")
                .param("all", companies.isEmpty())
                .param("companies", companies.orElse(Set.of()).toArray(Long[]::new)).param("limit", limit)
                .query((row, n) -> new ActionEntry(row.getTimestamp(1).toInstant(), row.getString(2), row.getString(3),
                        Optional.ofNullable(row.getObject(4, Long.class)), Optional.ofNullable(row.getString(5)),
                        row.getString(6), row.getString(7), row.getString(8)))
                .list();
    }
}
