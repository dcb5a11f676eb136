package fr.pennylanesync.landing.table;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Scope.STREAM;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of a stream's table that is not as its stream file says. */
public enum TableErrorCode implements ErrorCode {
    COLUMN_RETYPED(lasting(CONFIGURATION, STREAM,
            "a stream file gives a column another type than its table has",
            "rename the column in the stream file, or migrate the table by hand"));

    private final ErrorDescription description;

    TableErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "table";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
