package fr.pennylanesync.verification;

import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Compares a typed column with the text that its record's payload gives for it. Most values are compared here; where
 * two spellings may still be one value, the database is asked.
 */
record StoredColumn(Column column) {

    /** Asks the database whether two texts are one value of a type. */
    interface SameValue {

        boolean test(String one, String other, ColumnType type);
    }

    /** The expression that reads the column as the text that {@link #holds} takes. */
    String expression() {
        String name = StreamTables.quoted(column.name());
        return column.type() == ColumnType.TIMESTAMPTZ ? "to_char(" + name
                + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || case when " + name
                + " < timestamptz '0001-01-01 00:00:00Z' then ' BC' else '' end"
                : name + "::text";
    }

    /**
     * Tells whether the column holds what it should.
     *
     * @param stored as {@link #expression} reads it; null where the column is empty
     * @param expected as a landing would hand it to the database; empty where it is to be empty
     */
    boolean holds(String stored, Optional<String> expected, SameValue database) {
        if (stored == null || expected.isEmpty()) {
            return stored == null && expected.isEmpty();
        }
        return stored.equals(expected.get()) || isSame(stored, expected.get())
                || database.test(stored, expected.get(), column.type());
    }

    private boolean isSame(String stored, String expected) {
        return switch (column.type()) {
            case NUMERIC -> isNumber(stored) && isNumber(expected)
                    && new BigDecimal(stored).compareTo(new BigDecimal(expected)) == 0;
            case TIMESTAMPTZ -> instant(stored).equals(instant(expected)) && instant(stored).isPresent();
            case JSONB -> CanonicalJson.hash(StorableJson.read(stored))
                    .equals(CanonicalJson.hash(StorableJson.read(expected)));
            case TEXT, BIGINT, INTEGER, BOOLEAN, DATE -> false;
        };
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 40 && text.chars().allMatch(c -> c >= '0' && c <= '9'
                || c == '-' || c == '.');
    }

    /** Instants of more digits than the database keeps are left to it: it rounds. */
    private static Optional<Instant> instant(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return Optional.of(instant).filter(at -> at.equals(at.truncatedTo(ChronoUnit.MICROS)));
        } catch (DateTimeException another) {
            return Optional.empty();
        }
    }
}
