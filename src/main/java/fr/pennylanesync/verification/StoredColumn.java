package fr.pennylanesync.verification;

import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.warehouse.CopiedRow;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares a typed column with the text that its record's payload gives for it. Most values are compared here; where
 * two spellings may still be one value, the database is to be asked.
 */
record StoredColumn(Column column) {

    /** Says whether a column holds what it should. */
    enum Verdict {
        SAME, DIFFERENT,
        /** Two spellings of which only the database knows whether they are one value. */
        UNKNOWN;

        static Verdict of(boolean same) {
            return same ? SAME : DIFFERENT;
        }
    }

    static final long DATABASE_EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int MICROS_DIGITS = 6;
    private static final int YEAR_END = "2026".length();
    private static final int DAY_END = "2026-01-31".length();
    private static final int SECONDS_END = "2026-01-31 12:00:00".length();
    private static final String UTC = "+00";
    private static final Pattern ORDINARY_DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern ORDINARY_NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");

    /** The expression by which a COPY reads the column. */
    String expression() {
        String name = StreamTables.quoted(column.name());
        return switch (column.type()) {
            case BIGINT, TIMESTAMPTZ, TEXT -> name;
            case INTEGER -> name + "::bigint";
            case NUMERIC, BOOLEAN, DATE, JSONB -> name + "::text";
        };
    }

    /**
     * Tells whether the column holds what it should.
     *
     * @param field where the row has the column
     * @param expected as a landing would hand it to the database; empty where it is to be empty
     */
    Verdict compare(CopiedRow row, int field, Optional<String> expected) {
        if (row.isNull(field) || expected.isEmpty()) {
            return Verdict.of(row.isNull(field) && expected.isEmpty());
        }
        return switch (column.type()) {
            case TIMESTAMPTZ -> micros(expected.get()).map(micros -> Verdict.of(micros == row.number(field)))
                    .orElse(Verdict.UNKNOWN);
            case BIGINT, INTEGER -> Verdict.of(Long.parseLong(expected.get()) == row.number(field));
            case TEXT, NUMERIC, BOOLEAN, DATE, JSONB -> compare(row.text(field), expected.get());
        };
    }

    private Verdict compare(String stored, String expected) {
        if (stored.equals(expected)) {
            return Verdict.SAME;
        }
        return switch (column.type()) {
            case NUMERIC -> are(ORDINARY_NUMBER, stored, expected)
                    ? Verdict.of(new BigDecimal(stored).compareTo(new BigDecimal(expected)) == 0)
                    : Verdict.UNKNOWN;
            case DATE -> are(ORDINARY_DATE, stored, expected) ? Verdict.DIFFERENT : Verdict.UNKNOWN;
            case JSONB -> Verdict.of(CanonicalJson.hash(StorableJson.read(stored))
                    .equals(CanonicalJson.hash(StorableJson.read(expected))));
            case TEXT, BOOLEAN -> Verdict.DIFFERENT;
            case BIGINT, INTEGER,
                    TIMESTAMPTZ -> throw new IllegalStateException(column.type() + " is not read as a text");
        };
    }

    private static boolean are(Pattern ordinary, String stored, String expected) {
        return ordinary.matcher(stored).matches() && ordinary.matcher(expected).matches();
    }

    /** The text by which the database is asked about a value that is there. */
    String text(CopiedRow row, int field) {
        return column.type() == ColumnType.TIMESTAMPTZ ? Long.toString(row.number(field)) : row.text(field);
    }

    /**
     * The question whether {@link #text}, its first parameter, and what a landing would hand over, its second, are one
     * value. Instants are compared as they are sent, so that infinity and years of six digits are exact.
     */
    static String isSame(ColumnType type) {
        return type == ColumnType.TIMESTAMPTZ
                ? "select int8send(?::bigint) = timestamptz_send(?::timestamptz)"
                : "select ?::" + type.sql() + " is not distinct from ?::" + type.sql();
    }

    /** An instant of a year of four digits, as a landing spells it; empty for another. */
    private static Optional<Long> micros(String text) {
        int end = text.length() - UTC.length();
        if (!text.endsWith(UTC) || end < SECONDS_END || end > SECONDS_END + 1 + MICROS_DIGITS
                || text.charAt(YEAR_END) != '-' || text.charAt(DAY_END) != ' ') {
            return Optional.empty();
        }
        try {
            long day = LocalDate.of(digits(text, 0, YEAR_END), digits(text, 5, 7), digits(text, 8, DAY_END))
                    .toEpochDay() - DATABASE_EPOCH_DAY;
            long second = LocalTime.of(digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, SECONDS_END))
                    .toSecondOfDay();
            long fraction = end == SECONDS_END ? 0 : fraction(text, SECONDS_END + 1, end);
            return Optional.of((day * SECONDS_PER_DAY + second) * MICROS_PER_SECOND + fraction);
        } catch (DateTimeException | NumberFormatException another) {
            return Optional.empty();
        }
    }

    private static int digits(String text, int from, int to) {
        return Integer.parseUnsignedInt(text, from, to, 10);
    }

    private static long fraction(String text, int from, int to) {
        long fraction = digits(text, from, to);
        for (int digit = to - from; digit < MICROS_DIGITS; digit++) {
            fraction *= 10;
        }
        return fraction;
    }
}
