package fr.pennylanesync.share;

import fr.pennylanesync.failure.SyncException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;
import java.util.regex.Pattern;

/** Names what a driver of the data sharing throws. Of its words only the SQLSTATE goes on: they quote values. */
public final class ShareFailures {

    /** The SQL state under which Redshift tells of most of its own; a number at the beginning tells which. */
    private static final String INTERNAL = "XX000";
    private static final String NOT_SUPPORTED = "0A000";
    private static final String CANCELED = "57014";
    private static final String SERIALIZATION_FAILURE = "40001";
    /** Redshift's 1020, and what its workload management says of a query that ran or waited for too long. */
    private static final Pattern ENDED_FOR_TIME = Pattern.compile(
            "\\b1020\\b|\\bWLM\\b|query monitoring rule|cancel+ed on user|statement timeout|queue.{0,40}time",
            Pattern.CASE_INSENSITIVE);
    /** Redshift's 1023. */
    private static final Pattern NOT_SERIALIZABLE =
            Pattern.compile("\\b1023\\b|serializable isolation violation", Pattern.CASE_INSENSITIVE);
    private static final Set<String> TABLE_MISSING = Set.of("42P01", "3F000", "3D000", "42501");
    private static final Set<String> CUT = Set.of("57P01", "57P02", "57P03", "25P03");
    /** Holds the SQL states of a table that is dropped and made anew under a reader. */
    private static final Set<String> CHANGED = Set.of(INTERNAL, NOT_SUPPORTED, "55000");

    private ShareFailures() {}

    /** @param what the table, or what was attempted */
    public static SyncException of(SQLException refused, String what) {
        String state = String.valueOf(refused.getSQLState());
        return new SyncException(code(refused, state), what + ", SQLSTATE " + state, refused);
    }

    /** The failure behind whatever a foreign layer threw while rows were read. */
    static SyncException within(RuntimeException thrown, String what) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SyncException failure) {
                return failure;
            }
            if (cause instanceof SQLException refused) {
                return of(refused, what);
            }
        }
        throw thrown;
    }

    private static ShareErrorCode code(SQLException refused, String state) {
        if (state.startsWith("28")) {
            return ShareErrorCode.SHARE_LOGIN_REFUSED;
        }
        if (isTimeout(refused, state)) {
            return ShareErrorCode.SHARE_TIMEOUT;
        }
        if (state.equals(SERIALIZATION_FAILURE) || says(refused, state, NOT_SERIALIZABLE)) {
            return ShareErrorCode.SHARE_SERIALIZATION;
        }
        if (isCut(refused, state)) {
            return ShareErrorCode.SHARE_CUT;
        }
        if (TABLE_MISSING.contains(state) || isOtherDatabase(refused, state)) {
            return ShareErrorCode.SHARE_TABLE_MISSING;
        }
        if (state.equals("42703")) {
            return ShareErrorCode.SHARE_COLUMN_MISSING;
        }
        return CHANGED.contains(state) ? ShareErrorCode.SHARE_TABLE_CHANGED : ShareErrorCode.SHARE_QUERY_FAILED;
    }

    /** PostgreSQL reads one database; its state for that is the one of a table that was made anew as well. */
    private static boolean isOtherDatabase(SQLException refused, String state) {
        return state.equals(NOT_SUPPORTED)
                && String.valueOf(refused.getMessage()).contains("cross-database references are not implemented");
    }

    /** Silence that outlasts the socket's time-out is a statement that takes too long as well. */
    private static boolean isTimeout(SQLException refused, String state) {
        return state.equals(CANCELED) || refused instanceof SQLTimeoutException
                || refused.getCause() instanceof SocketTimeoutException || says(refused, state, ENDED_FOR_TIME);
    }

    /** The server's words decide only where its SQL state says nothing; they go no further. */
    private static boolean says(SQLException refused, String state, Pattern words) {
        return state.equals(INTERNAL) && words.matcher(String.valueOf(refused.getMessage())).find();
    }

    private static boolean isCut(SQLException refused, String state) {
        return state.startsWith("08") || CUT.contains(state) || refused.getSQLState() == null;
    }
}
