package fr.pennylanesync.api;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.Fault;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.outage.Outages.Part;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Finds out whether Pennylane is away: when nobody has had an answer for a while. One list that fails beside others
 * that do not says nothing about the server. Safe for threads.
 */
public final class ApiAnswers {

    static final Duration AWAY_AFTER = Duration.ofSeconds(30);

    private static final int SERVER_ERROR = 500;

    private final Outages outages;
    private OptionalLong failingSinceNanos = OptionalLong.empty();

    public ApiAnswers(Outages outages) {
        this.outages = outages;
    }

    public void answered(int status) {
        if (status >= SERVER_ERROR) {
            failed(ApiErrorCode.SERVER_ERROR);
            return;
        }
        synchronized (this) {
            failingSinceNanos = OptionalLong.empty();
        }
        outages.answered(Part.API);
    }

    public void failed(ErrorCode code) {
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
