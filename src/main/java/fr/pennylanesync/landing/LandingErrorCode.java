package fr.pennylanesync.landing;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.BATCH;
import static fr.pennylanesync.failure.Scope.ITEM;
import static fr.pennylanesync.failure.Scope.STREAM;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of work in the warehouse that failed. No detail holds a value of a row. */
public enum LandingErrorCode implements ErrorCode {
    READ_BACK_DIFFERS(passing(THEIRS, BATCH,
            "the table does not hold what was read",
            "the batch was rolled back and is read again; if it stays, check the database's integrity")),
    RECORDS_OF_ANOTHER_COMPANY(passing(THEIRS, BATCH,
            "Pennylane's answer holds records that are another company's to the letter",
            "nothing of it is landed, and it is asked for again; if it stays, report it to Pennylane with the time")),
    VALUE_REFUSED(lasting(THEIRS, ITEM,
            "the warehouse does not take a value",
            "the record is set aside and the others land; where it stays, look at constraints and triggers that "
                    + "were added to the table: the SQLSTATE says why")),
    WAREHOUSE_REFUSED(passing(THEIRS, STREAM,
            "the warehouse refused a statement, or is away",
            "the SQLSTATE says why (53100 disk full, 25006 read-only, 57014 cancelled; 08*, 40001 and 40P01 pass by "
                    + "themselves and are tried again)")),
    CHAIN_BROKEN(lasting(THEIRS, STREAM,
            "the ledger of the stream does not end where its chain does",
            "somebody changed or cut the ledger: nothing is landed over it; run `verify`, and restore the batches from "
                    + "a backup"));

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
