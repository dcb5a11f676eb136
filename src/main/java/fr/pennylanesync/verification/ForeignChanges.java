package fr.pennylanesync.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Names what somebody else than the runtime changed in the tables by which it works. The database writes that down:
 * these tables change with every batch, so their content cannot be told by a hash.
 */
final class ForeignChanges {

    private static final String SELECT = """
            select operation, table_name, company_id, stream, row_key, login, date_trunc('second', changed_at)::text
            from pennylane_sync.foreign_change where\s""";

    private final JdbcClient jdbc;

    ForeignChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Finds those that concern a stream of a company. */
    void find(long company, String stream, Differences differences) {
        jdbc.sql(SELECT + "company_id = ? and stream = ? order by id").params(company, stream)
                .query(row -> {
                    differences.add(sentence(row, ""));
                });
    }

    /** Finds all others: of changelogs, companies, and whatever is no more in the lists. */
    void findOthers(Collection<Long> companies, Collection<String> streams, Differences differences) {
        jdbc.sql(SELECT + "company_id is null or stream is null or company_id <> all(?::bigint[])"
                + " or stream <> all(?::text[]) order by id")
                .params(companies.toArray(Long[]::new), streams.toArray(String[]::new)).query(row -> {
                    differences.add(sentence(row, of(row)));
                });
    }

    private static String of(ResultSet row) throws SQLException {
        return (row.getString(3) == null ? "" : " of company " + row.getString(3))
                + (row.getString(4) == null ? "" : " " + row.getString(4));
    }

    private static String sentence(ResultSet row, String of) throws SQLException {
        String key = row.getString(5);
        return "table pennylane_sync." + row.getString(2) + of + (key.isEmpty() ? "" : " (" + key + ")") + ": "
                + row.getString(1) + " by login " + row.getString(6) + " at " + row.getString(7)
                + ", which was not the runtime";
    }
}
