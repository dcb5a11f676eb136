package fr.pennylanesync.landing;

import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.BATCH;
import static fr.pennylanesync.failure.Scope.STREAM;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of work in the warehouse that failed. No detail holds a value of a row. */
public enum LandingErrorCode implements ErrorCode {
    READ_BACK_DIFFERS(passing(THEIRS, BATCH,
            "the table does not hold what was read",
            "the batch was rolled back and is read again; if it stays, check the database's integrity")),
    WAREHOUSE_REFUSED(passing(THEIRS, STREAM,
            "the warehouse refused a statement, or is away",
            "the SQLSTATE says why (53100 disk full, 25006 read-only, 57014 cancelled; 08*, 40001 and 40P01 pass by "
                    + "themselves and are tried again)"));

    private final ErrorDescription description;

    LandingErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "warehouse";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
