package fr.pennylanesync.share;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of a company's rows in a table of the share, read in one snapshot: whole months of its period column; the rows
 * without a date, or all rows of a table without one; or what is dated outside of the years of four digits. Together
 * they leave no row out, whatever its date.
 *
 * @param kind says which of these it is
 * @param from the first month; empty unless it is months
 * @param to the month after the last
 * @param rows as counted when the plan was made
 */
public record Partition(Kind kind, Optional<YearMonth> from, Optional<YearMonth> to, long rows) {

    /** Says what a partition goes by. */
    enum Kind {
        MONTHS("", ""),
        UNDATED("", "undated"),
        /** Also minus infinity. */
        BEFORE("before 0001", "before 0001"),
        /** Also infinity. */
        AFTER("after 9999", "after 9999"),
        /** Stands behind all others of a pass: what they did not hold is decided upon then. */
        NO_ROWS("no rows", "no rows");

        private final String key;
        private final String text;

        Kind(String key, String text) {
            this.key = key;
            this.text = text;
        }
    }

    /** The condition that no row meets, in SQL. */
    static final String NOTHING = "1 = 0";
    /** The month behind the last of four digits, which {@link YearMonth} writes so and reads with a sign only. */
    private static final String BEHIND = "10000-01";
    private static final String SEPARATOR = "\\.\\.";
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final int MONTH_LENGTH = "2026-01".length();
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    public Partition {
        if (from.isPresent() != to.isPresent() || from.isPresent() != (kind == Kind.MONTHS)) {
            throw new IllegalArgumentException("a partition of months has both bounds, any other none");
        }
    }

    /** Returns the partition of the months from one on, up to another that is not in it. */
    static Partition months(YearMonth from, YearMonth to, long rows) {
        return new Partition(Kind.MONTHS, Optional.of(from), Optional.of(to), rows);
    }

    /** {@code 2026-01}, or the empty text for what has no month: sorts as the partitions do. */
    public String key() {
        return from.map(YearMonth::toString).orElse(kind.key);
    }

    /**
     * One month, or what has none.
     *
     * @param month as {@link #key} and {@link #monthSql} write it
     */
    public static Partition month(String month) {
        return withoutMonths(month, 0).orElseGet(() -> {
            YearMonth from = YearMonth.parse(month);
            return months(from, from.plusMonths(1), 0);
        });
    }

    /** Returns the partition without rows, which ends a pass that looks for what is gone. */
    public static Partition withoutRows() {
        return new Partition(Kind.NO_ROWS, Optional.empty(), Optional.empty(), 0);
    }

    /** Returns the two halves of several months, the earlier first; nothing where it is not several. */
    public List<Partition> halves() {
        if (kind != Kind.MONTHS || !from.orElseThrow().plusMonths(1).isBefore(to.orElseThrow())) {
            return List.of();
        }
        long months = ChronoUnit.MONTHS.between(from.orElseThrow(), to.orElseThrow());
        YearMonth middle = from.orElseThrow().plusMonths(months / 2);
        return List.of(months(from.orElseThrow(), middle, rows / 2), months(middle, to.orElseThrow(), rows / 2));
    }

    /** Tells whether it is the one that ends a pass, and holds no row. */
    public boolean isWithoutRows() {
        return kind == Kind.NO_ROWS;
    }

    /** The partition that has no month, if the key is that of one. */
    static Optional<Partition> withoutMonths(String key, long rows) {
        return Arrays.stream(Kind.values()).filter(kind -> kind != Kind.MONTHS && kind.key.equals(key)).findFirst()
                .map(kind -> new Partition(kind, Optional.empty(), Optional.empty(), rows));
    }

    /** @throws IllegalArgumentException if the text is not what {@link #toString} writes */
    public static Partition parse(String text) {
        String[] ends = text.split(SEPARATOR, 2);
        if (ends.length == 1) {
            Kind kind = Arrays.stream(Kind.values()).filter(known -> known.text.equals(text)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("not a partition: " + text));
            return new Partition(kind, Optional.empty(), Optional.empty(), 0);
        }
        return months(YearMonth.parse(ends[0]), YearMonth.parse(ends[1].equals(BEHIND) ? "+" + BEHIND : ends[1]), 0);
    }

    /**
     * Tells whether rows of a month are in the partition.
     *
     * @param month as {@link #monthSql} writes it
     */
    public boolean holds(String month) {
        if (kind != Kind.MONTHS) {
            return kind.key.equals(month);
        }
        return withoutMonths(month, 0).isEmpty()
                && !YearMonth.parse(month).isBefore(from.orElseThrow())
                && YearMonth.parse(month).isBefore(to.orElseThrow());
    }

    /**
     * The condition, in SQL, under which a row belongs to the partition.
     *
     * @param column of the date, quoted
     */
    public String condition(String column) {
        return switch (kind) {
            case MONTHS -> column + " >= " + date(from.orElseThrow().atDay(1)) + " and " + column + " <= "
                    + date(to.orElseThrow().minusMonths(1).atEndOfMonth());
            case UNDATED -> column + " is null";
            case BEFORE -> column + " < " + date(FIRST);
            case AFTER -> column + " > " + date(LAST);
            case NO_ROWS -> NOTHING;
        };
    }

    /** The key of a row's month, in SQL: that of the one partition that would hold the row. */
    static String monthSql(String column) {
        return "case when " + column + " is null then " + CanonicalField.literal(Kind.UNDATED.key) + " when " + column
                + " < " + date(FIRST) + " then " + CanonicalField.literal(Kind.BEFORE.key) + " when " + column + " > "
                + date(LAST) + " then " + CanonicalField.literal(Kind.AFTER.key) + " else to_char(" + column
                + ", 'YYYY-MM') end";
    }

    /**
     * The key of a month, of the text of a date.
     *
     * @param date as {@link CanonicalField#valueSql} gives it, or null
     */
    static String monthOf(String date) {
        if (date == null) {
            return Kind.UNDATED.key;
        }
        if (DAY.matcher(date).matches()) {
            return date.substring(0, MONTH_LENGTH);
        }
        return date.endsWith("BC") || date.startsWith("-") ? Kind.BEFORE.key : Kind.AFTER.key;
    }

    private static String date(LocalDate day) {
        return "cast('" + day + "' as date)";
    }

    /** {@code 2026-01..2026-04}, or {@code undated}: what stands in a checkpoint. */
    @Override
    public String toString() {
        return from.map(month -> month + ".." + to.orElseThrow()).orElse(kind.text);
    }
}
