package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.StoredInstant;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says what was thinned out of the ledger and the replaced versions of a stream.
 *
 * @param versions that were removed, where they were replaced before {@code versionsBefore}
 * @param batches that were removed, where they landed before {@code batchesBefore}
 */
public record ThinnedStream(long versions, Optional<Instant> versionsBefore, long batches,
        Optional<Instant> batchesBefore) {

    /** Reads those of a company, by stream. */
    public static Map<String, ThinnedStream> of(JdbcClient jdbc, long company) {
        Map<String, ThinnedStream> thinned = new TreeMap<>();
        jdbc.sql("select stream, sum(versions), max(versions_before), sum(cardinality(batch_numbers)),"
                + " max(batches_before) from pennylane_sync.seal where company_id = ? group by 1").param(company)
                .query(row -> {
                    thinned.put(row.getString(1),
                            new ThinnedStream(row.getLong(2), StoredInstant.of(row, 3), row.getLong(4),
                                    StoredInstant.of(row, 5)));
                });
        return thinned;
    }
}
