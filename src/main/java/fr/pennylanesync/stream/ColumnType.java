package fr.pennylanesync.stream;

import java.util.Locale;
import java.util.Optional;

/**
 * The PostgreSQL types that a stream file may give a column. Money is {@code numeric}; there is no floating type on
 * purpose.
 */
public enum ColumnType {
    TEXT, BIGINT, INTEGER, NUMERIC, BOOLEAN, DATE, TIMESTAMPTZ, JSONB;

    public String sql() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ColumnType> parse(String sql) {
        for (ColumnType type : values()) {
            if (type.sql().equals(sql)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
