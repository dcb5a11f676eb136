package fr.pennylanesync.landing.record;

import fr.pennylanesync.stream.ColumnType;

/**
 * Recognises the texts that nearly all values have, and turns them into what PostgreSQL reads as a column's type.
 * Whatever it does not know for certain, {@link ColumnValue} looks at.
 */
final class OrdinaryText {

    private static final int DIGITS_MOST = 18;
    private static final int DATE_LENGTH = "2026-01-31".length();
    private static final int TIMESTAMP_LENGTH = "2026-01-31 12:00:00.000000".length();
    private static final int SECONDS_END = "2026-01-31 12:00:00".length();
    /** Every month has so many days. */
    private static final int DAYS_CERTAIN = 28;
    private static final int MONTHS = 12;

    private OrdinaryText() {}

    /** @return null if the text is not an ordinary one */
    static String value(String text, ColumnType type) {
        return switch (type) {
            case TEXT -> StorableText.encode(text);
            case BIGINT -> text;
            case NUMERIC -> isDecimal(text) ? text : null;
            case DATE -> text.length() == DATE_LENGTH && isDate(text) ? text : null;
            case TIMESTAMPTZ -> text.length() == TIMESTAMP_LENGTH && isDate(text) ? instant(text) : null;
            case INTEGER, BOOLEAN, JSONB -> null;
        };
    }

    /** @return the instant of a text such as {@code 2026-01-28T12:34:56.120Z}; null if the text is not of that kind */
    static String isoInstant(String text) {
        int end = text.length() - 1;
        boolean fits = end >= SECONDS_END && end <= TIMESTAMP_LENGTH && text.charAt(end) == 'Z'
                && text.charAt(DATE_LENGTH) == 'T' && isDate(text) && isTime(text) && isFraction(text, end);
        if (!fits) {
            return null;
        }
        int last = end;
        while (last > SECONDS_END && (text.charAt(last - 1) == '0' || text.charAt(last - 1) == '.')) {
            last--;
        }
        return text.substring(0, DATE_LENGTH) + ' ' + text.substring(DATE_LENGTH + 1, last) + "+00";
    }

    /** Tells whether nothing stands between the seconds and the end, or a point and digits. */
    private static boolean isFraction(String text, int end) {
        if (end > SECONDS_END && (text.charAt(SECONDS_END) != '.' || end == SECONDS_END + 1)) {
            return false;
        }
        for (int i = SECONDS_END + 1; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a text is digits with or without a sign and a point: such digits need no look. */
    static boolean isPlainDecimal(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        return text.length() > first && text.charAt(first) != '.' && isDecimal(text)
                && text.indexOf('.') == text.lastIndexOf('.');
    }

    private static boolean isDecimal(String text) {
        int length = text.length();
        if (length > DIGITS_MOST) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean fits =
                    c >= '0' && c <= '9' || c == '-' && i == 0 && length > 1 || c == '.' && i > 0 && i < length - 1;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a text begins with a date of the years 1000 to 9999 that is certainly one. */
    private static boolean isDate(String text) {
        int month = number(text, 5);
        int day = number(text, 8);
        return text.charAt(0) != '0' && number(text, 0) >= 0 && number(text, 2) >= 0 && text.charAt(4) == '-'
                && text.charAt(7) == '-' && month >= 1 && month <= MONTHS && day >= 1 && day <= DAYS_CERTAIN;
    }

    /** The instant in UTC, without the zeros that end its fraction. */
    private static String instant(String text) {
        boolean fits = text.charAt(DATE_LENGTH) == ' ' && isTime(text) && text.charAt(SECONDS_END) == '.'
                && number(text, 20) >= 0 && number(text, 22) >= 0 && number(text, 24) >= 0;
        if (!fits) {
            return null;
        }
        int end = TIMESTAMP_LENGTH;
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end - 1 == SECONDS_END ? SECONDS_END : end) + "+00";
    }

    private static boolean isTime(String text) {
        return number(text, 11) >= 0 && number(text, 11) < 24 && text.charAt(13) == ':' && number(text, 14) >= 0
                && number(text, 14) < 60 && text.charAt(16) == ':' && number(text, 17) >= 0 && number(text, 17) < 60;
    }

    /** The number of two digits at a place; -1 if they are none. */
    private static int number(String text, int at) {
        int tens = text.charAt(at) - '0';
        int ones = text.charAt(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }
}
