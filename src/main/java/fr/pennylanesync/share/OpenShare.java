package fr.pennylanesync.share;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One read-only transaction on one snapshot of the share. Closing it twice does nothing. */
public final class OpenShare implements AutoCloseable {

    /** Reads one row of a small result. */
    interface ResultSetReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Runnable released;
    private final AtomicBoolean closed = new AtomicBoolean();

    OpenShare(Connection connection, Runnable released) {
        this.connection = connection;
        this.released = released;
    }

    /** For the one that streams rows from it; ends with {@link #close}. */
    public Connection connection() {
        return connection;
    }

    /**
     * A result that is small by its nature: a row per company, per month, per sample; or two numbers per row of one
     * partition.
     */
    <T> List<T> list(String sql, String what, ResultSetReader<T> reader) {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ShareConnections.FETCH_ROWS);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } catch (SQLException refused) {
            throw ShareFailures.of(refused, what);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                connection.close();
            } catch (SQLException alreadyGone) {
                // Nothing was written: there is nothing to lose.
            } finally {
                released.run();
            }
        }
    }
}
