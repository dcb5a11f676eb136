package fr.pennylanesync.share;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Joins months into partitions that are worth a snapshot each. Every snapshot may make the share compute its whole
 * view, so a table of up to two million rows is read in a handful; but each must stay small enough to read again.
 */
final class PartitionPlan {

    static final long ROWS_LEAST = 50_000;
    static final long ROWS_MOST = 500_000;
    /** So few, since one lane reads each of them, where months are small; whole months may double it. */
    static final int PARTITIONS_WANTED = 4;

    private PartitionPlan() {}

    /** @param counts rows by month; with the keys of {@link Partition#monthSql} */
    static List<Partition> of(Map<String, Long> counts) {
        List<Partition> partitions = new ArrayList<>();
        TreeMap<String, Long> months = new TreeMap<>(counts);
        counts.forEach((key, rows) -> Partition.withoutMonths(key, rows).ifPresent(partition -> {
            months.remove(key);
            partitions.add(partition);
        }));
        partitions.sort(Comparator.comparing(Partition::key));
        long wanted = wanted(counts);
        YearMonth from = null;
        long rows = 0;
        for (Map.Entry<String, Long> month : months.entrySet()) {
            YearMonth at = YearMonth.parse(month.getKey());
            if (from != null && rows + month.getValue() > wanted) {
                partitions.add(Partition.months(from, at, rows));
                from = null;
                rows = 0;
            }
            from = from == null ? at : from;
            rows += month.getValue();
        }
        if (from != null) {
            partitions.add(Partition.months(from, YearMonth.parse(months.lastKey()).plusMonths(1), rows));
        }
        return partitions;
    }

    /** A partition takes in further months up to so many rows. */
    private static long wanted(Map<String, Long> counts) {
        long rows = counts.values().stream().mapToLong(Long::longValue).sum();
        return Math.max(ROWS_LEAST, Math.min(ROWS_MOST, rows / PARTITIONS_WANTED));
    }
}
