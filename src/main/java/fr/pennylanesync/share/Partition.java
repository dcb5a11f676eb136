package fr.pennylanesync.share;

import java.time.YearMonth;
import java.util.Optional;

/**
 * A part of a company's rows in a table of the share, read in one snapshot: whole months of its period column, the rows
 * without a date, or all rows of a table without one.
 *
 * @param from the first month; empty: everything that has no month
 * @param to the month after the last
 * @param rows as counted when the plan was made
 */
public record Partition(Optional<YearMonth> from, Optional<YearMonth> to, long rows) {

    private static final String SEPARATOR = "\\.\\.";

    public Partition {
        if (from.isPresent() != to.isPresent()) {
            throw new IllegalArgumentException("a partition has both bounds or none");
        }
    }

    /** {@code 2026-01}, or the empty text for what has no month: sorts as the partitions do. */
    public String key() {
        return from.map(YearMonth::toString).orElse("");
    }

    /** One month, or what has none. @param month as {@link #key} writes it */
    public static Partition month(String month) {
        Optional<YearMonth> at = Optional.of(month).filter(text -> !text.isEmpty()).map(YearMonth::parse);
        return new Partition(at, at.map(from -> from.plusMonths(1)), 0);
    }

    /** @throws IllegalArgumentException if the text is not what {@link #toString} writes */
    public static Partition parse(String text) {
        String[] ends = text.split(SEPARATOR, 2);
        if (ends.length == 1) {
            return new Partition(Optional.empty(), Optional.empty(), 0);
        }
        return new Partition(Optional.of(YearMonth.parse(ends[0])), Optional.of(YearMonth.parse(ends[1])), 0);
    }

    /** {@code 2026-01..2026-04}, or {@code undated}: what stands in a checkpoint. */
    @Override
    public String toString() {
        return from.map(month -> month + ".." + to.orElseThrow()).orElse("undated");
    }
}
