package fr.pennylanesync.share;

import java.util.Map;

/**
 * The hash of each row of a part of the share, over the fields that share and API both have.
 *
 * @param byId one hash of each id
 * @param repeated ids that stand for several rows, with the number of these
 * @param withoutId rows that have no id
 */
public record RowHashes(Map<Long, Long> byId, Map<Long, Integer> repeated, long withoutId) {

    public RowHashes {
        byId = Map.copyOf(byId);
        repeated = Map.copyOf(repeated);
    }

    /** All rows. */
    public long rows() {
        return byId.size() + unmatched();
    }

    /** Rows that can have no row of their own in a table whose key is the id. */
    public long unmatched() {
        return withoutId + repeated.values().stream().mapToLong(rows -> rows - 1L).sum();
    }
}
