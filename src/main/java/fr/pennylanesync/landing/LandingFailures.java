package fr.pennylanesync.landing;

import fr.pennylanesync.failure.SyncException;
import java.sql.SQLException;
import java.util.Optional;
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

    private static SyncException named(NestedRuntimeException thrown) {
        return new SyncException(LandingErrorCode.WAREHOUSE_REFUSED, "SQLSTATE " + sqlState(thrown), thrown);
    }

    private static boolean isPassing(DataAccessException refused) {
        return refused instanceof TransientDataAccessException || refused instanceof RecoverableDataAccessException
                || refused instanceof DataAccessResourceFailureException;
    }

    private static String sqlState(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return "unknown";
    }
}
