package fr.pennylanesync.landing;

import fr.pennylanesync.failure.SyncException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.transaction.TransactionException;

/**
 * Names what Spring throws for the warehouse. Of the database's words only the SQLSTATE goes on: they quote values. The
 * code covers a database that is away and one that refuses; which of them may pass is Spring's judgement of the
 * SQLSTATE.
 */
public final class LandingFailures {

    /** Data exception, integrity constraint violation, program limit exceeded. */
    private static final Set<String> OF_VALUES = Set.of("22", "23", "54");
    private static final int CLASS_LENGTH = 2;
    private static final String UNKNOWN = "unknown";

    private LandingFailures() {}

    public static SyncException of(DataAccessException refused) {
        SyncException failure = named(refused);
        return isPassing(refused) ? failure : failure.withoutRetry();
    }

    /** Names what a driver throws as Spring names it. */
    public static SyncException of(SQLException refused) {
        return of(Optional.ofNullable(new SQLExceptionSubclassTranslator().translate("statement", null, refused))
                .orElseGet(() -> new UncategorizedSQLException("statement", null, refused)));
    }

    /** A transaction that could not begin or be committed is rolled back by the server: its work may be done again. */
    public static SyncException of(TransactionException broken) {
        return named(broken);
    }

    /** Returns the SQLSTATE where a value is refused, rather than the statement or the moment. */
    static Optional<String> refusedValue(DataAccessException refused) {
        return Optional.of(sqlState(refused)).filter(state -> OF_VALUES.contains(state.substring(0, CLASS_LENGTH)));
    }

    private static SyncException named(NestedRuntimeException thrown) {
        boolean ofValue = thrown instanceof DataAccessException refused && refusedValue(refused).isPresent();
        return new SyncException(ofValue ? LandingErrorCode.VALUE_REFUSED : LandingErrorCode.WAREHOUSE_REFUSED,
                "SQLSTATE " + sqlState(thrown), thrown);
    }

    private static boolean isPassing(DataAccessException refused) {
        return refused instanceof TransientDataAccessException || refused instanceof RecoverableDataAccessException
                || refused instanceof DataAccessResourceFailureException;
    }

    private static String sqlState(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.ofNullable(sql.getSQLState()).filter(state -> state.length() > CLASS_LENGTH)
                        .orElse(UNKNOWN);
            }
        }
        return UNKNOWN;
    }
}
