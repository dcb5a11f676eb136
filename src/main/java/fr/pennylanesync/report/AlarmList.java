package fr.pennylanesync.report;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code pennylane_sync.alarm}. */
public final class AlarmList {

    private final JdbcClient jdbc;

    public AlarmList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the alarms, those that last first, then the newest.
     *
     * @param companies whose alarms are meant; empty: all
     */
    public List<AlarmEntry> newest(Optional<Set<Long>> companies, int limit) {
        return jdbc.sql("""
                select a.id, a.code, a.company_id, c.alias, a.stream, a.started_at, a.ended_at, a.reason, a.remedy
                from pennylane_sync.alarm a left join pennylane_sync.company c on c.id = a.company_id
                where :all or a.company_id = any(:companies::bigint[])
                order by a.ended_at is not null, a.started_at desc, a.id desc limit :limit""")
                .param("all", companies.isEmpty())
                .param("companies", companies.orElse(Set.of()).toArray(Long[]::new)).param("limit", limit)
                .query((row, n) -> new AlarmEntry(row.getLong(1), row.getString(2),
                        Optional.ofNullable(row.getObject(3, Long.class)), Optional.ofNullable(row.getString(4)),
                        Optional.ofNullable(row.getString(5)).filter(stream -> !stream.isEmpty()),
                        row.getTimestamp(6).toInstant(),
                        Optional.ofNullable(row.getTimestamp(7)).map(at -> at.toInstant()), row.getString(8),
                        row.getString(9)))
                .list();
    }
}
