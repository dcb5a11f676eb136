package fr.pennylanesync.share;

import fr.pennylanesync.stream.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One column's part of a row's canonical text, in SQL and in Java: the two must agree to the letter. Values are set
 * apart by control characters that no accounting text holds; an absent value is not an empty one.
 *
 * @param column the SQL expression of the value, quoted where it is a name
 * @param scale decimals of an amount
 */
public record CanonicalField(String column, ColumnType type, int scale) {

    static final String TIMESTAMP = "YYYY-MM-DD HH24:MI:SS.US";
    /** Unicode's record separator; {@link #SEPARATOR} is its unit separator. */
    private static final char ABSENT = '\u001e';
    static final char SEPARATOR = '\u001f';

    /** An expression of the canonical text; the same for Redshift and PostgreSQL. */
    String sql() {
        String text = type == ColumnType.NUMERIC ? "cast(cast(" + column + " as decimal(38," + scale + ")) as varchar)"
                : valueSql();
        return "coalesce(" + text + ", '" + ABSENT + "')";
    }

    /** An expression of the value as text, exact; absent stays absent. */
    String valueSql() {
        return switch (type) {
            case TEXT -> column;
            case BIGINT, INTEGER, NUMERIC -> "cast(" + column + " as varchar)";
            case BOOLEAN -> "case when " + column + " then 'true' when not " + column + " then 'false' end";
            case DATE -> "to_char(" + column + ", 'YYYY-MM-DD')";
            case TIMESTAMPTZ -> "to_char(" + column + ", '" + TIMESTAMP + "')";
            case JSONB -> throw new IllegalArgumentException("the share has no JSON");
        };
    }

    /** @param value as {@link #valueSql} gives it, or null */
    void append(StringBuilder row, String value) {
        if (!row.isEmpty()) {
            row.append(SEPARATOR);
        }
        if (value == null) {
            row.append(ABSENT);
        } else if (type == ColumnType.NUMERIC) {
            row.append(decimal(value));
        } else {
            row.append(value);
        }
    }

    private String decimal(String value) {
        int point = value.indexOf('.');
        boolean exact = scale > 0 && point >= 0 && value.length() - point - 1 == scale && value.indexOf('E') < 0;
        return exact ? value : new BigDecimal(value).setScale(scale, RoundingMode.HALF_UP).toPlainString();
    }
}
