package fr.pennylanesync.warehouse;

import static fr.pennylanesync.postgres.PostgresErrorCode.DATABASE_POOLED;

import fr.pennylanesync.failure.SyncException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Finds out whether one connection is one session of the server. Behind a pooler in transaction mode it is not: session
 * settings and advisory locks then belong to whoever gets the session next. The check occupies the session that a
 * connection was just served by with a transaction of another connection, so that the pooler has to give it a different
 * one.
 */
final class PoolerCheck {

    private static final int OTHERS = 3;
    private static final String SESSION = "select pg_backend_pid()";

    private PoolerCheck() {}

    /**
     * @param source of plain connections whose network is given up after some seconds
     * @throws SyncException DATABASE_POOLED if a connection is served by several sessions
     * @throws SQLException if the server does not answer all connections
     */
    static void run(DataSource source) throws SQLException {
        try (Connection examined = source.getConnection()) {
            if (isPooled(source, examined)) {
                throw new SyncException(DATABASE_POOLED);
            }
        }
    }

    /** Tells whether the session is the one that the login was told of: a pooler invents the process id for that. */
    static boolean isDirect(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID() == session(connection);
    }

    private static boolean isPooled(DataSource source, Connection examined) throws SQLException {
        List<Connection> others = new ArrayList<>();
        try {
            for (int other = 0; other < OTHERS; other++) {
                others.add(source.getConnection());
            }
            long first = session(examined);
            boolean isDirect = isDirect(examined);
            for (Connection other : others) {
                other.setAutoCommit(false);
                session(other);
                if (sessionWhileOthersAreOccupied(examined, isDirect) != first) {
                    return true;
                }
            }
            return false;
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
    }

    /** A pooler without a session left makes us wait; whoever has a session of their own never waits for one. */
    private static long sessionWhileOthersAreOccupied(Connection examined, boolean isDirect)
            throws SQLException {
        try {
            return session(examined);
        } catch (SQLException silent) {
            if (silent.getCause() instanceof SocketTimeoutException && !isDirect) {
                throw new SyncException(DATABASE_POOLED, "no session is left for one connection", silent);
            }
            throw silent;
        }
    }

    private static long session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(SESSION)) {
            result.next();
            return result.getLong(1);
        }
    }
}
