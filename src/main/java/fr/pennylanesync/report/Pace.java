package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says how fast a company was read in the last five minutes, which its slow start soon leaves.
 *
 * @param perSecond requests of the batches that landed; 0 where that cannot be told yet
 * @param perSubList requests that a sub-list took
 */
record Pace(double perSecond, double perSubList) {

    static final Pace UNKNOWN = new Pace(0, 1);

    /** A shorter look says little: batches end together. */
    private static final int SECONDS_MIN = 60;
    /** More batches than five minutes of all companies bring. */
    private static final int BATCHES_LOOKED_AT = 20_000;

    /** Reads that of every company that was read lately. */
    static Map<Long, Pace> read(JdbcClient jdbc, StreamCatalog catalog) {
        String[] children = catalog.all().stream().filter(StreamDefinition::isChild).map(StreamDefinition::name)
                .toArray(String[]::new);
        Map<Long, Pace> paces = new HashMap<>();
        jdbc.sql("""
                select company_id, sum(requests_used) - (array_agg(requests_used order by id))[1],
                    extract(epoch from max(landed_at) - min(landed_at)),
                    coalesce(sum(requests_used) filter (where stream = any(:children) and pass = 'walk')::numeric
                        / (count(*) filter (where stream = any(:children) and pass = 'walk') * :batch), 0)
                from pennylane_sync.batch
                where id > (select coalesce(max(id), 0) - :looked from pennylane_sync.batch)
                    and landed_at > now() - interval '5 minutes' group by company_id""")
                .param("children", children).param("batch", DueRecords.PARENTS_PER_BATCH)
                .param("looked", BATCHES_LOOKED_AT)
                .query(row -> {
                    double seconds = row.getDouble(3);
                    paces.put(row.getLong(1), new Pace(seconds < SECONDS_MIN ? 0 : row.getLong(2) / seconds,
                            Math.max(1, row.getDouble(4))));
                });
        return paces;
    }
}
