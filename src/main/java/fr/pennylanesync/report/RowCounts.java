package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the rows that each company has in each stream's table, without those that are deleted. Counting reads every
 * table once, and should not be done often.
 */
public record RowCounts(Map<RowCountKey, Long> counts) {

    public static final RowCounts NONE = new RowCounts(Map.of());

    /** One stream of one company. */
    public record RowCountKey(long companyId, String stream) {}

    public RowCounts {
        counts = Map.copyOf(counts);
    }

    public static RowCounts read(JdbcClient jdbc, StreamStates states, StreamCatalog catalog) {
        Map<RowCountKey, Long> counts = new HashMap<>();
        for (StreamDefinition stream : states.withApart(catalog.all())) {
            jdbc.sql("select company_id, count(*) from " + StreamTables.table(stream)
                    + " where deleted_at is null group by company_id")
                    .query(row -> {
                        counts.put(new RowCountKey(row.getLong(1), stream.name()), row.getLong(2));
                    });
        }
        return new RowCounts(counts);
    }

    public long of(long companyId, String stream) {
        return counts.getOrDefault(new RowCountKey(companyId, stream), 0L);
    }
}
