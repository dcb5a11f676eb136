package fr.pennylanesync.lease;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.OURS;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.COMPANY;
import static fr.pennylanesync.failure.Scope.STREAM;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of companies that another process holds. */
public enum LeaseErrorCode implements ErrorCode {
    COMPANY_BUSY(lasting(OURS, COMPANY,
            "another process syncs this company",
            "its next sync comes by itself, or try again when that one has ended")),
    COMPANY_LEASE_LOST(passing(THEIRS, STREAM,
            "the connection that reserves this company is broken",
            "check the warehouse; the work continues once it is back, here or on another node"));

    private final ErrorDescription description;

    LeaseErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "lease";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
