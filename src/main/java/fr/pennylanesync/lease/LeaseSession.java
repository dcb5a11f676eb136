package fr.pennylanesync.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * The one connection that holds all leases of a process. A lease is an advisory lock of PostgreSQL: the server ends it
 * with the connection, so it can neither be forgotten nor be kept by a process that died. Not for several threads at
 * once.
 */
final class LeaseSession implements AutoCloseable {

    private static final String LOCK = "hashtextextended('pennylane_sync.company ' || ?, 0)";

    private final Connection connection;
    private final String node;

    LeaseSession(Connection connection, String node) {
        this.connection = connection;
        this.node = node;
    }

    /**
     * Names who had the company before.
     *
     * @param releasedAgo how long ago it was given back; empty if its process died with it
     */
    record PreviousHolder(String node, Optional<Duration> releasedAgo) {}

    boolean tryLock(long companyId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(" + LOCK + ")")) {
            statement.setString(1, Long.toString(companyId));
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    void unlock(long companyId) throws SQLException {
        try (PreparedStatement released = connection.prepareStatement(
                "update pennylane_sync.company_lease set released_at = now() where company_id = ? and node = ?");
                PreparedStatement unlocked = connection.prepareStatement("select pg_advisory_unlock(" + LOCK + ")")) {
            released.setLong(1, companyId);
            released.setString(2, node);
            released.executeUpdate();
            unlocked.setString(1, Long.toString(companyId));
            unlocked.executeQuery().close();
        }
    }

    /** Writes down that this process holds the company now, and returns who held it last. */
    Optional<PreviousHolder> note(long companyId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with noted as (
                    insert into pennylane_sync.company_lease (company_id, node, acquired_at) values (?, ?, now())
                    on conflict (company_id) do update
                    set node = excluded.node, acquired_at = excluded.acquired_at, released_at = null)
                select node, extract(epoch from now() - released_at) * 1000
                from pennylane_sync.company_lease where company_id = ?""")) {
            statement.setLong(1, companyId);
            statement.setString(2, node);
            statement.setLong(3, companyId);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                double releasedAgoMs = row.getDouble(2);
                return Optional.of(new PreviousHolder(row.getString(1),
                        row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis((long) releasedAgoMs))));
            }
        }
    }

    void announce(boolean clustered) throws SQLException {
        Services.announce(connection, clustered);
    }

    boolean isInConflict() throws SQLException {
        return Services.areInConflict(connection);
    }

    void touch() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
