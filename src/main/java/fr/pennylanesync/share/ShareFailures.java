package fr.pennylanesync.share;

import fr.pennylanesync.failure.SyncException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;

/** Names what a driver of the data sharing throws. Of its words only the SQLSTATE goes on: they quote values. */
public final class ShareFailures {

    private static final Set<String> TABLE_MISSING = Set.of("42P01", "3F000", "42501");
    private static final Set<String> CUT = Set.of("57P01", "57P02", "57P03", "57014", "25P03");
    /** Holds the SQL states of a table that is dropped and made anew under a reader. */
    private static final Set<String> CHANGED = Set.of("XX000", "40001", "0A000", "55000");

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
        if (isCut(refused, state)) {
            return ShareErrorCode.SHARE_CUT;
        }
        if (TABLE_MISSING.contains(state)) {
            return ShareErrorCode.SHARE_TABLE_MISSING;
        }
        if (state.equals("42703")) {
            return ShareErrorCode.SHARE_COLUMN_MISSING;
        }
        return CHANGED.contains(state) ? ShareErrorCode.SHARE_TABLE_CHANGED : ShareErrorCode.SHARE_QUERY_FAILED;
    }

    private static boolean isCut(SQLException refused, String state) {
        return state.startsWith("08") || CUT.contains(state) || refused instanceof SQLTimeoutException
                || refused.getSQLState() == null;
    }
}
