package fr.pennylanesync.audit;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.ITEM;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of audits that came to no result. No detail holds what a file says. */
public enum AuditErrorCode implements ErrorCode {
    EXPORT_NOT_FETCHED(passing(THEIRS, ITEM,
            "the file of an export could not be fetched",
            "the code that follows says why; ask for it again")),
    FEC_UNREADABLE(lasting(THEIRS, ITEM,
            "the file of accounting entries is not in the format that the law asks for",
            "look at the row that is named, in an export of the same period"));

    private final ErrorDescription description;

    AuditErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "audit";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
