package fr.pennylanesync.stream;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Fault.OURS;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.BATCH;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of route files and stream files that cannot be used. */
public enum RouteErrorCode implements ErrorCode {
    ROUTES_REFUSED(lasting(CONFIGURATION, PROCESS,
            "route files or stream files cannot be used",
            "correct each file at the line that the message names")),
    ROUTES_EXCHANGED(lasting(OURS, BATCH,
            "a batch was read under routes that were replaced meanwhile",
            "nothing: it is dropped, and read again under the new routes")),
    RELOAD_POSTPONED(passing(THEIRS, PROCESS,
            "changed routes cannot be judged while the warehouse is away or a table is in use",
            "wait: the reload is tried again by itself")),
    RULES_POSTPONED(passing(THEIRS, PROCESS,
            "privacy rules of changed routes cannot be applied to older rows while the warehouse is away or a table is"
                    + " in use",
            "wait: that is tried again by itself"));

    private final ErrorDescription description;

    RouteErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "routes";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
