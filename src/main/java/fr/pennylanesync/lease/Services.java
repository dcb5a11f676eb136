package fr.pennylanesync.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says which services work on a warehouse: each holds an advisory lock that any number may share, so that the server
 * forgets a service together with its connection, and a clock or a heartbeat is not needed.
 */
public final class Services {

    private static final String CONFLICT = """
            select count(*) > 1 and count(*) filter (where objid = 0) > 0
            from pg_locks
            where locktype = 'advisory' and classid = 1885956979 and objsubid = 2 and granted
            and database = (select oid from pg_database where datname = current_database())""";
    private static final String CODE = "SERVICE_NOT_ALONE";
    private static final String REMEDY =
            "stop all but one `run`, or set quartz.cluster=true on every one of them";

    private static final String ANNOUNCE = "select pg_try_advisory_lock_shared(1885956979, ?)";

    private Services() {}

    /** The code under which health and doctor tell it. */
    public static String code() {
        return CODE;
    }

    public static String remedy() {
        return REMEDY;
    }

    /**
     * Asks whether several services work on the warehouse of which at least one believes to be alone: their schedules
     * know nothing of each other then.
     */
    public static boolean areInConflict(JdbcClient jdbc) {
        return jdbc.sql(CONFLICT).query(Boolean.class).single();
    }

    /** @param clustered whether the service shares its schedule with others */
    static void announce(Connection connection, boolean clustered) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ANNOUNCE)) {
            statement.setInt(1, clustered ? 1 : 0);
            statement.executeQuery().close();
        }
    }

    static boolean areInConflict(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CONFLICT);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
