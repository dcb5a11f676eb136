package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the rows that each company has in each stream's table, without those that are deleted. Counting reads every
 * table once, and should not be done often.
 *
 * @param countedAt when the counting began; empty before the first one
 */
public record RowCounts(Map<RowCountKey, Long> counts, Optional<Instant> countedAt) {

    public static final RowCounts NONE = new RowCounts(Map.of(), Optional.empty());

    /** One stream of one company. */
    public record RowCountKey(long companyId, String stream) {}

    public RowCounts {
        counts = Map.copyOf(counts);
    }

    /** @param began when, by the clock of who counts */
    public static RowCounts read(JdbcClient jdbc, StreamStates states, StreamCatalog catalog, Instant began) {
        Map<RowCountKey, Long> counts = new HashMap<>();
        // A stream without a success may have rows that no count has seen yet, so that a zero would be no answer.
        jdbc.sql("select company_id, stream from pennylane_sync.stream_state where succeeded_at is not null"
                + " or state = 'APART'")
                .query(row -> {
                    counts.put(new RowCountKey(row.getLong(1), row.getString(2)), 0L);
                });
        for (StreamDefinition stream : states.withApart(catalog.all())) {
            jdbc.sql("select company_id, count(*) from " + StreamTables.table(stream)
                    + " where deleted_at is null group by company_id")
                    .query(row -> {
                        counts.put(new RowCountKey(row.getLong(1), stream.name()), row.getLong(2));
                    });
        }
        return new RowCounts(counts, Optional.of(began));
    }

    /** Returns the rows; empty if they were not counted yet. */
    public Optional<Long> of(long companyId, String stream) {
        return Optional.ofNullable(counts.get(new RowCountKey(companyId, stream)));
    }
}
