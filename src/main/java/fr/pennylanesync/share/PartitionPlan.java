package fr.pennylanesync.share;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Joins months into partitions that are worth a snapshot each: big enough to keep queries few, small enough to read again. */
final class PartitionPlan {

    /** A partition takes in further months until it holds so many rows. */
    static final int ROWS_WANTED = 50_000;

    private PartitionPlan() {}

    /** @param counts rows by month; the empty key: rows without a date */
    static List<Partition> of(Map<String, Long> counts) {
        List<Partition> partitions = new ArrayList<>();
        TreeMap<String, Long> months = new TreeMap<>(counts);
        Long undated = months.remove("");
        if (undated != null) {
            partitions.add(new Partition(Optional.empty(), Optional.empty(), undated));
        }
        YearMonth from = null;
        long rows = 0;
        for (Map.Entry<String, Long> month : months.entrySet()) {
            YearMonth at = YearMonth.parse(month.getKey());
            if (from != null && rows + month.getValue() > ROWS_WANTED) {
                partitions.add(new Partition(Optional.of(from), Optional.of(at), rows));
                from = null;
                rows = 0;
            }
            from = from == null ? at : from;
            rows += month.getValue();
        }
        if (from != null) {
            partitions.add(new Partition(Optional.of(from), Optional.of(YearMonth.parse(months.lastKey()).plusMonths(1)), rows));
        }
        return partitions;
    }
}
