package fr.pennylanesync.camel;

import fr.pennylanesync.api.ApiFailure;
import fr.pennylanesync.archive.ArchiveException;
import fr.pennylanesync.checkpoint.CheckpointMoved;
import fr.pennylanesync.schedule.ScheduleUnavailable;
import fr.pennylanesync.share.ShareFailure;
import fr.pennylanesync.warehouse.WarehouseFailure;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * How a failure is told: its code, and a message that holds no data. Only our own exceptions' messages are known to hold none; of a
 * database's, the SQLSTATE.
 */
record Failure(String code, String message) {

    static Failure of(Exception caught) {
        if (caught instanceof ApiFailure failure) {
            return new Failure(failure.code().name(), failure.getMessage());
        }
        if (caught instanceof WarehouseFailure failure) {
            return new Failure(failure.code().name(), failure.getMessage());
        }
        if (caught instanceof ShareFailure failure) {
            return new Failure(failure.code().name(), failure.getMessage());
        }
        if (caught instanceof SQLException refused) {
            // Spring wraps what the warehouse throws: only the share's step throws such.
            return of(ShareFailure.of(refused, "reading rows of the share"));
        }
        if (caught instanceof ArchiveException failure) {
            return new Failure(failure.code().name(), failure.getMessage());
        }
        if (caught instanceof SdkException answer) {
            return of(ArchiveException.of(answer));
        }
        if (caught instanceof CheckpointMoved moved) {
            return new Failure("CHECKPOINT_MOVED", moved.getMessage());
        }
        if (caught instanceof DataAccessException || caught instanceof TransactionException) {
            return new Failure("WAREHOUSE_REFUSED", "the warehouse refused a statement, SQLSTATE " + sqlState(caught));
        }
        if (caught instanceof ScheduleUnavailable unavailable) {
            return new Failure(ScheduleUnavailable.CODE, unavailable.getMessage());
        }
        return new Failure("UNEXPECTED", "a fault of this program: " + caught.getClass().getName() + " at " + place(caught));
    }

    private static String sqlState(Throwable caught) {
        for (Throwable cause = caught; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return "unknown";
    }

    private static String place(Throwable caught) {
        for (StackTraceElement frame : caught.getStackTrace()) {
            if (frame.getClassName().startsWith("fr.pennylanesync.")) {
                return frame.getClassName() + ":" + frame.getLineNumber();
            }
        }
        return "an unknown place";
    }
}
