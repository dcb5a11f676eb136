package fr.pennylanesync.camel;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.failure.UnexpectedFailure;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.outage.Outages.Part;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * A failure as it is told: its code, and a message that holds no data. Only our own exception's message is known to
 * hold none, so anything else is told by its class and by the place of ours that it passed.
 */
record Failure(ErrorCode errorCode, String message) {

    private static final Map<String, Part> PARTS = Map.of("warehouse", Part.WAREHOUSE, "lease", Part.WAREHOUSE, "api",
            Part.API, "share", Part.SHARE, "archive", Part.ARCHIVE);

    /** @throws VirtualMachineError if that is what was caught: it is nobody's failure, and is not told as one */
    static Failure of(Exception caught) {
        FatalErrors.rethrow(caught);
        SyncException failure = UnexpectedFailure.of(caught);
        return new Failure(failure.code(), failure.getMessage());
    }

    /** Returns the failure that a step or a policy handles. */
    static Failure handled(Exchange exchange) {
        return of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    /** Returns the exception of a failure that is under way, or else of the one that a policy handles. */
    static Exception caught(Exchange exchange) {
        return exchange.getException() != null ? exchange.getException()
                : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }

    String code() {
        return errorCode.name();
    }

    /** Tells whether it only says that something is away, which the log has said once. */
    boolean isToldBy(Outages outages) {
        return errorCode.retryable() && part().filter(outages::isFoundAway).isPresent();
    }

    private Optional<Part> part() {
        return Optional.ofNullable(PARTS.get(errorCode.source()));
    }
}
