package fr.pennylanesync.landing.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Reads a {@code timestamptz} that may be null. */
public final class StoredInstant {

    private StoredInstant() {}

    public static Optional<Instant> of(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    /** @param column counted from 1 */
    public static Optional<Instant> of(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
