package fr.pennylanesync.verification;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of a verification that cannot be carried out. */
public enum VerificationErrorCode implements ErrorCode {
    RESUME_FILE_UNUSABLE(lasting(CONFIGURATION, PROCESS,
            "the file that says how far a verification came cannot be used",
            "give the options that it was begun with, or another file; to begin anew, delete it"));

    private final ErrorDescription description;

    VerificationErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "verify";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
