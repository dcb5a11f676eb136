package fr.pennylanesync.report;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts the rows of each stream's table. */
public final class TableCounts {

    private final JdbcClient jdbc;
    private final StreamCatalog catalog;

    public TableCounts(JdbcClient jdbc, StreamCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /** Rows that are not deleted, of every enabled stream, by table. */
    public Map<String, Long> all() {
        Map<String, Long> counts = new TreeMap<>();
        catalog.all().stream().filter(stream -> stream.enabled()).forEach(stream -> counts.put(stream.name(),
                jdbc.sql("select count(*) from " + StreamTables.table(stream) + " where deleted_at is null")
                        .query(Long.class).single()));
        return counts;
    }
}
