package fr.pennylanesync.verification;

import fr.pennylanesync.hash.JsonbObject;
import fr.pennylanesync.hash.PlainDecimal;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.warehouse.CopiedRow;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Compares a column with its value in the payload by their bytes, where both are spelled as nearly all are. Says no
 * also where it does not know: it must never take for the same what a landing would not have written.
 */
final class PlainValues {

    private static final long SECONDS_PER_MINUTE = 60;
    private static final long MINUTES_PER_HOUR = 60;
    private static final long HOURS_PER_DAY = 24;
    private static final int MICROS_DIGITS = 6;
    /** So many digits are in every whole number of eight bytes. */
    private static final int DIGITS_MOST = 18;
    private static final int DAY_LENGTH = "2026-01-31".length();
    private static final int SECONDS_LENGTH = "2026-01-31 12:00:00".length();
    private static final long NONE = Long.MIN_VALUE;

    private PlainValues() {}

    /**
     * Tells whether a column holds a value.
     *
     * @param field of the row, which is not null
     * @param value was found in the row's payload
     * @param source of the row: the data sharing's instants are of no zone
     */
    static boolean isSame(ColumnType type, CopiedRow row, int field, JsonbObject value, Source source) {
        byte[] bytes = row.message();
        boolean isText = bytes[value.from()] == '"';
        int from = isText ? value.from() + 1 : value.from();
        int to = isText ? value.to() - 1 : value.to();
        return switch (type) {
            case TEXT -> isText && !holdsEscape(bytes, from, to) && isEqual(row, field, from, to);
            case BIGINT, INTEGER -> isSame(number(bytes, from, to), row, field);
            case NUMERIC -> PlainDecimal.isSame(bytes, from, to, bytes, row.begin(field), row.end(field));
            case BOOLEAN -> !isText && isEqual(row, field, from, to);
            case DATE -> isText && to - from == DAY_LENGTH && isEqual(row, field, from, to);
            case TIMESTAMPTZ -> isText && isSame(instant(bytes, from, to, source), row, field);
            case JSONB -> Arrays.equals(bytes, value.from(), value.to(), bytes, row.begin(field), row.end(field));
        };
    }

    /**
     * Tells a value that is not known from the least of all numbers, which is an infinity in a column.
     */
    private static boolean isSame(long known, CopiedRow row, int field) {
        return known != NONE && known == row.number(field);
    }

    private static boolean isEqual(CopiedRow row, int field, int from, int to) {
        return Arrays.equals(row.message(), from, to, row.message(), row.begin(field), row.end(field));
    }

    private static boolean holdsEscape(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    private static long number(byte[] bytes, int from, int to) {
        boolean isNegative = from < to && bytes[from] == '-';
        long digits = digits(bytes, isNegative ? from + 1 : from, to);
        return isNegative && digits != NONE ? -digits : digits;
    }

    /** The number of some digits, which begins with another than 0 or has no more than one; {@code NONE} for others. */
    private static long digits(byte[] bytes, int from, int to) {
        if (to <= from || to - from > DIGITS_MOST) {
            return NONE;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return NONE;
            }
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }

    /** The microseconds since the year 2000, in UTC; {@code NONE} for what is not spelled as either source does. */
    private static long instant(byte[] bytes, int from, int to, Source source) {
        boolean ofShare = source == Source.SHARE;
        int end = ofShare ? to : to - 1;
        int point = from + SECONDS_LENGTH;
        if (end < point || bytes[from + DAY_LENGTH] != (ofShare ? ' ' : 'T') || !ofShare && bytes[end] != 'Z'
                || bytes[from + 13] != ':' || bytes[from + 16] != ':'
                || end > point && (bytes[point] != '.' || end - point - 1 > MICROS_DIGITS)) {
            return NONE;
        }
        long day = day(bytes, from);
        long hour = digits(bytes, from + 11, from + 13);
        long minute = digits(bytes, from + 14, from + 16);
        long second = digits(bytes, from + 17, point);
        long fraction = end == point ? 0 : digits(bytes, point + 1, end);
        if (day == NONE || hour < 0 || hour >= HOURS_PER_DAY || minute < 0 || minute >= MINUTES_PER_HOUR || second < 0
                || second >= SECONDS_PER_MINUTE || fraction < 0) {
            return NONE;
        }
        for (int digit = end - point; digit <= MICROS_DIGITS; digit++) {
            fraction *= 10;
        }
        return ((day * HOURS_PER_DAY + hour) * MINUTES_PER_HOUR + minute) * SECONDS_PER_MINUTE * 1_000_000
                + second * 1_000_000 + fraction;
    }

    private static long day(byte[] bytes, int from) {
        long year = digits(bytes, from, from + 4);
        long month = digits(bytes, from + 5, from + 7);
        long day = digits(bytes, from + 8, from + DAY_LENGTH);
        if (year < 0 || month < 0 || day < 0 || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
            return NONE;
        }
        try {
            return LocalDate.of((int) year, (int) month, (int) day).toEpochDay() - StoredColumn.DATABASE_EPOCH_DAY;
        } catch (DateTimeException noDay) {
            return NONE;
        }
    }
}
