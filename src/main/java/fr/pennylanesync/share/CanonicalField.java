package fr.pennylanesync.share;

import fr.pennylanesync.stream.ColumnType;
import java.nio.charset.StandardCharsets;

/**
 * One column's part of a row's canonical text, in SQL and in Java: the two must agree to the letter. Values are set
 * apart by control characters that no accounting text holds; an absent value is not an empty one. Numbers stand without
 * trailing zeros, so that a column whose declared scale changes still says the same.
 *
 * <p>A text of more than {@link #LONG_TEXT} bytes stands for itself by its MD5: Redshift has no text of more than
 * 65,535 bytes, and a row's would otherwise end there.
 *
 * @param column the SQL expression of the value, quoted where it is a name
 * @param form how the database spells the numbers of the column; of no account for other types
 */
public record CanonicalField(String column, ColumnType type, NumberForm form) {

    /** Says how a database spells the numbers of a column, which decides what is to be taken off. */
    public enum NumberForm {
        /** Whole numbers: never a point. */
        WHOLE,
        /** A declared number of decimals: always a point. */
        DECIMALS,
        /** Decimals as each value has them: a point or none. */
        ANY,
        /** Binary floating point, which travels at nine decimals: each database spells its last digits otherwise. */
        FLOAT,
        /** No number: a text that has the canonical spelling of the value already, whatever its type. */
        SPELLED
    }

    /** Unicode's record separator; {@link #SEPARATOR} is its unit separator. */
    static final char ABSENT = '\u001e';
    static final char SEPARATOR = '\u001f';
    /**
     * An instant's text loses these at its end, which some databases write and others leave out. No two instants lose
     * their difference: the seconds have two digits, so that what lacks one of them lacks a zero.
     */
    private static final String NO_FRACTION = "0.";
    /** Bytes of UTF-8 up to which a text stands in a row's text as it is: sixty such columns have room in it. */
    public static final int LONG_TEXT = 1_000;
    /** An instant's text, of which what a shorter one lacks is taken. */
    private static final String NO_MICROS = "0001-01-01 00:00:00.000000";
    private static final int YEAR_ENDS = "0001".length();
    private static final int DAY_ENDS = "0001-01-01".length();
    private static final int SECONDS = "0001-01-01 00:00:00".length();
    private static final int BYTES_PER_CHAR_MOST = 3;
    /** Decimals of a floating-point number as it travels and is compared. */
    private static final int FLOAT_DECIMALS = 9;
    /** A float from here on has no room in 38 digits with nine decimals, and neither NaN nor infinity has. */
    private static final String FLOAT_LIMIT = "cast('1e28' as double precision)";

    /** Returns a field whose numbers may have decimals or not. */
    public static CanonicalField of(String column, ColumnType type) {
        return new CanonicalField(column, type,
                type == ColumnType.BIGINT || type == ColumnType.INTEGER ? NumberForm.WHOLE : NumberForm.ANY);
    }

    /** An expression of the canonical text, absent where the value is; the same for Redshift and PostgreSQL. */
    String sql() {
        return isText() ? shortenedSql() : shortSql();
    }

    /** An expression of the canonical text if it is known that no text is a long one. */
    String shortSql() {
        return switch (type) {
            case NUMERIC -> plainSql();
            case TIMESTAMPTZ -> "rtrim(" + valueSql() + ", '" + NO_FRACTION + "')";
            case TEXT, BIGINT, INTEGER, BOOLEAN, DATE, JSONB -> valueSql();
        };
    }

    /** Begins what stands for a long text; no text begins so. */
    private String shortenedSql() {
        return "case when octet_length(" + column + ") > " + LONG_TEXT + " then "
                + literal(Character.toString(ABSENT)) + " || md5(" + column + ") else " + column + " end";
    }

    private boolean isText() {
        return type == ColumnType.TEXT;
    }

    /**
     * An expression of the value as text, exact; absent stays absent. Dates and instants are spelled by the database,
     * which the session's date style holds to ISO (see {@link ShareSql#session}): a format costs three times as much,
     * and has no place for the era and the infinities.
     */
    String valueSql() {
        if (form == NumberForm.SPELLED) {
            return column;
        }
        return switch (type) {
            case TEXT -> column;
            case BIGINT, INTEGER -> asText(column);
            case NUMERIC -> form == NumberForm.FLOAT ? plainSql() : asText(column);
            case BOOLEAN -> "case when " + column + " then " + literal("true") + " when not " + column + " then "
                    + literal("false") + " end";
            case DATE, TIMESTAMPTZ -> asText(column);
            case JSONB -> throw new IllegalArgumentException("the share has no JSON");
        };
    }

    private String plainSql() {
        return switch (form) {
            case SPELLED -> column;
            case WHOLE -> asText(column);
            case DECIMALS -> trimmed(asText(column));
            case ANY -> "case when " + asText(column) + " like '%.%' then " + trimmed(asText(column)) + " else "
                    + asText(column) + " end";
            case FLOAT -> "case when abs(" + column + ") < " + FLOAT_LIMIT + " then "
                    + trimmed(asText("cast(" + column + " as decimal(38," + FLOAT_DECIMALS + "))")) + " else "
                    + asText(column) + " end";
        };
    }

    /**
     * A text, in SQL: a bare one has no type yet, which Redshift refuses in some places and takes for text in others.
     */
    static String literal(String text) {
        return "cast('" + text + "' as varchar(" + Math.max(1, text.length()) + "))";
    }

    private static String asText(String expression) {
        return "cast(" + expression + " as varchar)";
    }

    private static String trimmed(String number) {
        return "rtrim(rtrim(" + number + ", '0'), '.')";
    }

    /**
     * Appends the value as it stands in a row's canonical text.
     *
     * @param value as {@link #valueSql} gives it, or null
     */
    void append(StringBuilder row, String value) {
        if (value != null && type == ColumnType.TIMESTAMPTZ) {
            appendWhole(row, value.substring(0, withoutFraction(value)));
        } else {
            appendWhole(row, value != null && isText() && isLong(value) ? ABSENT + RowDigest.hex(value) : value);
        }
    }

    private static int withoutFraction(String instant) {
        int end = instant.length();
        while (end > 0 && NO_FRACTION.indexOf(instant.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean isLong(String text) {
        return text.length() * BYTES_PER_CHAR_MOST > LONG_TEXT
                && text.getBytes(StandardCharsets.UTF_8).length > LONG_TEXT;
    }

    /**
     * Appends the value however long it is, as an id is made of it.
     *
     * @param value as {@link #valueSql} gives it, or null
     */
    void appendWhole(StringBuilder row, String value) {
        if (!row.isEmpty()) {
            row.append(SEPARATOR);
        }
        if (value == null) {
            row.append(ABSENT);
        } else if (type == ColumnType.NUMERIC) {
            appendPlain(row, value);
        } else {
            row.append(value);
        }
    }

    /**
     * Returns a value as it is stored: instants of four-digit years with six decimals, however many the database wrote.
     *
     * @param value as {@link #valueSql} gives it, or null
     */
    String stored(String value) {
        if (value == null || type != ColumnType.TIMESTAMPTZ || value.length() >= NO_MICROS.length()
                || value.length() < SECONDS || value.charAt(DAY_ENDS) != ' ' || value.charAt(YEAR_ENDS) != '-'
                || !Character.isDigit(value.charAt(value.length() - 1))) {
            return value;
        }
        return value.concat(NO_MICROS.substring(value.length()));
    }

    /** Tells whether a number has no exponent. */
    static boolean isPlain(String number) {
        return number.indexOf('e') < 0 && number.indexOf('E') < 0;
    }

    private static void appendPlain(StringBuilder row, String number) {
        int end = number.length();
        if (number.indexOf('.') >= 0 && isPlain(number)) {
            while (number.charAt(end - 1) == '0') {
                end--;
            }
            end -= number.charAt(end - 1) == '.' ? 1 : 0;
        }
        row.append(number, 0, end);
    }
}
