package fr.pennylanesync.verification;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds what stands in the warehouse and that no verification of known companies and streams would look at: a report
 * must not get smaller because a company's row, or the file of a stream, was removed.
 */
final class UnverifiedRows {

    private final JdbcClient jdbc;
    private final Differences differences = new Differences("warehouse");

    UnverifiedRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Looks at one moment: a company that is added while others are verified is none that is not known.
     *
     * @param streams names of those that are verified
     */
    Differences find(Collection<String> streams) {
        List<Long> companies = jdbc.sql("select id from pennylane_sync.company").query(Long.class).list();
        Long[] ids = companies.toArray(Long[]::new);
        String[] names = streams.toArray(String[]::new);
        for (String table : List.of("batch", "record_version", "thinned_version", "seal", "stream_state", "file",
                "file_entry", "file_chain")) {
            jdbc.sql("select distinct company_id from pennylane_sync." + table
                    + " where company_id <> all(?::bigint[]) order by 1").param(ids).query(Long.class).list()
                    .forEach(company -> differences.add("table pennylane_sync." + table + " has rows of company "
                            + company + ", which is not in the list of companies"));
            jdbc.sql("select distinct stream from pennylane_sync." + table
                    + " where stream <> all(?::text[]) order by 1").param(names).query(String.class).list()
                    .forEach(stream -> differences.add("table pennylane_sync." + table + " has rows of stream "
                            + stream + ", which no stream file declares"));
        }
        tables().forEach(table -> findIn(table, ids, names));
        new ForeignChanges(jdbc).findOthers(companies, streams, differences);
        return differences;
    }

    /** Tables with the columns of a stream's table, whatever they are called. */
    private List<String> tables() {
        return jdbc.sql("""
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'pennylane' and c.relkind in ('r', 'p') and not c.relispartition
                and 3 = (select count(*) from pg_attribute a
                    where a.attrelid = c.oid and a.attname in ('company_id', 'batch_id', 'record_hash'))
                order by 1""").query(String.class).list();
    }

    private void findIn(String table, Long[] companies, String[] streams) {
        if (!List.of(streams).contains(table)) {
            if (jdbc.sql("select exists (select 1 from pennylane.\"" + table + "\")").query(Boolean.class).single()) {
                differences.add("table pennylane." + table + " has rows, and no stream file declares it");
            }
            return;
        }
        jdbc.sql("select distinct company_id from pennylane.\"" + table
                + "\" where company_id <> all(?::bigint[]) order by 1").param(companies).query(Long.class).list()
                .forEach(company -> differences.add("table pennylane." + table + " has rows of company " + company
                        + ", which is not in the list of companies"));
    }
}
