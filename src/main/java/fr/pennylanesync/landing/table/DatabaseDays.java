package fr.pennylanesync.landing.table;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts dates and instants as PostgreSQL keeps them: days and microseconds since the year 2000. It reads the spellings
 * that it is given as a column's values: PostgreSQL's own, instants in UTC.
 */
final class DatabaseDays {

    private static final LocalDate ORIGIN = LocalDate.of(2000, 1, 1);
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int DATE_LENGTH = "2026-01-31".length();
    private static final int SECONDS_END = "2026-01-31 12:34:56".length();
    private static final String UTC = "+00";
    private static final int FRACTION_MOST = 6;
    private static final int RADIX = 10;
    private static final String INFINITY = "infinity";
    private static final String MINUS_INFINITY = "-infinity";
    private static final Pattern SPELLED =
            Pattern.compile("(\\d{4,7})-(\\d\\d)-(\\d\\d)(?: ([\\d:.]+)\\+00)?( BC)?");

    private DatabaseDays() {}

    static int days(String date) {
        if (isOrdinary(date, DATE_LENGTH)) {
            return (int) ordinary(date);
        }
        return switch (date) {
            case INFINITY -> Integer.MAX_VALUE;
            case MINUS_INFINITY -> Integer.MIN_VALUE;
            default -> Math.toIntExact(date(matched(date)));
        };
    }

    static long micros(String instant) {
        return switch (instant) {
            case INFINITY -> Long.MAX_VALUE;
            case MINUS_INFINITY -> Long.MIN_VALUE;
            default -> ofInstant(instant);
        };
    }

    /** Nearly all dates are of four-digit years of this era: these are read without more ado. */
    private static boolean isOrdinary(String text, int length) {
        return text.length() == length && text.charAt(4) == '-' && text.charAt(7) == '-';
    }

    private static long ordinary(String text) {
        return LocalDate.of(Integer.parseInt(text, 0, 4, RADIX), Integer.parseInt(text, 5, 7, RADIX),
                Integer.parseInt(text, 8, DATE_LENGTH, RADIX)).toEpochDay() - ORIGIN.toEpochDay();
    }

    private static long ofInstant(String instant) {
        int end = instant.length() - UTC.length();
        if (isOrdinaryInstant(instant, end)) {
            return ordinary(instant) * MICROS_PER_DAY + secondOfDay(instant) * MICROS_PER_SECOND
                    + fraction(instant, SECONDS_END + 1, end);
        }
        Matcher spelled = matched(instant);
        return Math.addExact(Math.multiplyExact(date(spelled), MICROS_PER_DAY),
                LocalTime.parse(spelled.group(4)).getLong(ChronoField.NANO_OF_DAY) / NANOS_PER_MICRO);
    }

    /** @param end where the fraction of its second ends, if it has one */
    private static boolean isOrdinaryInstant(String text, int end) {
        return end >= SECONDS_END && end <= SECONDS_END + 1 + FRACTION_MOST && end != SECONDS_END + 1
                && text.endsWith(UTC) && text.charAt(4) == '-' && text.charAt(7) == '-'
                && text.charAt(DATE_LENGTH) == ' ' && text.charAt(13) == ':' && text.charAt(16) == ':'
                && (end == SECONDS_END || text.charAt(SECONDS_END) == '.');
    }

    private static int secondOfDay(String text) {
        return LocalTime.of(Integer.parseInt(text, 11, 13, RADIX), Integer.parseInt(text, 14, 16, RADIX),
                Integer.parseInt(text, 17, SECONDS_END, RADIX)).toSecondOfDay();
    }

    private static long fraction(String text, int from, int end) {
        long micros = 0;
        for (int i = from; i < from + FRACTION_MOST; i++) {
            micros = micros * RADIX + (i < end ? Character.digit(text.charAt(i), RADIX) : 0);
        }
        return micros;
    }

    private static Matcher matched(String text) {
        Matcher spelled = SPELLED.matcher(text);
        if (!spelled.matches()) {
            throw new IllegalArgumentException("neither a date nor an instant in UTC as PostgreSQL spells it");
        }
        return spelled;
    }

    /** The year before the first one is the year 0 to Java. */
    private static long date(Matcher spelled) {
        int year = Integer.parseInt(spelled.group(1));
        return LocalDate.of(spelled.group(5) == null ? year : 1 - year, Integer.parseInt(spelled.group(2)),
                Integer.parseInt(spelled.group(3))).toEpochDay() - ORIGIN.toEpochDay();
    }
}
