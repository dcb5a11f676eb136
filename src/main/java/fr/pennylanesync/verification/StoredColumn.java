package fr.pennylanesync.verification;

import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.warehouse.CopiedRow;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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

    private static final Instant DATABASE_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final String UTC = "+00";
    private static final Pattern ORDINARY_DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern ORDINARY_NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");

    /** The expression by which a COPY reads the column. */
    String expression() {
        String name = StreamTables.quoted(column.name());
        return column.type() == ColumnType.TIMESTAMPTZ ? name : name + "::text";
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
        if (column.type() == ColumnType.TIMESTAMPTZ) {
            return micros(expected.get()).map(micros -> Verdict.of(micros == row.number(field)))
                    .orElse(Verdict.UNKNOWN);
        }
        String stored = row.text(field);
        return stored.equals(expected.get()) ? Verdict.SAME : compare(stored, expected.get());
    }

    private Verdict compare(String stored, String expected) {
        return switch (column.type()) {
            case NUMERIC -> are(ORDINARY_NUMBER, stored, expected)
                    ? Verdict.of(new BigDecimal(stored).compareTo(new BigDecimal(expected)) == 0)
                    : Verdict.UNKNOWN;
            case DATE -> are(ORDINARY_DATE, stored, expected) ? Verdict.DIFFERENT : Verdict.UNKNOWN;
            case JSONB -> Verdict.of(CanonicalJson.hash(StorableJson.read(stored))
                    .equals(CanonicalJson.hash(StorableJson.read(expected))));
            case TEXT, BIGINT, INTEGER, BOOLEAN -> Verdict.DIFFERENT;
            case TIMESTAMPTZ -> throw new IllegalStateException("an instant is not read as a text");
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

    /** An instant of a year of four digits, as a landing spells it. */
    private static Optional<Long> micros(String text) {
        if (!text.endsWith(UTC)) {
            return Optional.empty();
        }
        try {
            Instant instant = LocalDateTime.parse(text.substring(0, text.length() - UTC.length()).replace(' ', 'T'))
                    .toInstant(ZoneOffset.UTC);
            return Optional.of(ChronoUnit.MICROS.between(DATABASE_EPOCH, instant));
        } catch (DateTimeException another) {
            return Optional.empty();
        }
    }
}
