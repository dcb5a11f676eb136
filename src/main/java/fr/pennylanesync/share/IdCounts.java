package fr.pennylanesync.share;

import java.util.Iterator;
import java.util.Map;

/**
 * Says how the ids of a partition stand to its rows, as the share counts them beside its digest.
 *
 * @param rows all of them
 * @param withId rows that have an id
 * @param distinct ids
 */
record IdCounts(long rows, long withId, long distinct) {

    private static final int COLUMNS = 4;

    /** Reads the row of {@link ShareSql#digest}: behind the digest stand the counts, where the table has ids. */
    static IdCounts read(Map<String, Object> row) {
        Iterator<Object> columns = row.values().iterator();
        long rows = ((Number) columns.next()).longValue();
        if (row.size() < COLUMNS) {
            return new IdCounts(rows, rows, rows);
        }
        columns.next();
        return new IdCounts(rows, ((Number) columns.next()).longValue(), ((Number) columns.next()).longValue());
    }

    /** Tells whether an id stands for several rows. */
    boolean isRepeating() {
        return distinct < withId;
    }
}
