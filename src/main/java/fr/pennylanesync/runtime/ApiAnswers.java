package fr.pennylanesync.runtime;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.Fault;
import fr.pennylanesync.logging.Outages;
import fr.pennylanesync.logging.Outages.Part;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Finds out whether Pennylane is away: when nobody has had an answer for a while. One list that fails beside others
 * that do not says nothing about the server. Safe for threads.
 */
final class ApiAnswers {

    static final Duration AWAY_AFTER = Duration.ofSeconds(30);

    private static final int SERVER_ERROR = 500;

    private final Outages outages;
    private OptionalLong failingSinceNanos = OptionalLong.empty();

    ApiAnswers(Outages outages) {
        this.outages = outages;
    }

    void answered(int status) {
        if (status >= SERVER_ERROR) {
            failed(ApiErrorCode.SERVER_ERROR);
            return;
        }
        synchronized (this) {
            failingSinceNanos = OptionalLong.empty();
        }
        outages.answered(Part.API);
    }

    void failed(ErrorCode code) {
        if (code.fault() == Fault.THEIRS && code.retryable() && isLong()) {
            outages.away(Part.API, code.name(), code.remedy());
        }
    }

    private synchronized boolean isLong() {
        long now = System.nanoTime();
        failingSinceNanos = OptionalLong.of(failingSinceNanos.orElse(now));
        return now - failingSinceNanos.getAsLong() >= AWAY_AFTER.toNanos();
    }
}
