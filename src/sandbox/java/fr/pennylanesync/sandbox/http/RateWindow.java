package fr.pennylanesync.sandbox.http;

import fr.pennylanesync.sandbox.RateLimit;
import java.time.Instant;
import java.util.ArrayDeque;

/** The requests that one token has made within its window. */
final class RateWindow {

    /**
     * Whether a request may pass, and what the headers say.
     *
     * @param resetMillis when budget comes free, in milliseconds since 1970
     */
    record RateVerdict(boolean allowed, int limit, int remaining, long resetMillis) {}

    private static final int UNLIMITED = 1_000_000;

    private final RateLimit limit;
    private final ArrayDeque<Long> taken = new ArrayDeque<>();

    RateWindow(RateLimit limit) {
        this.limit = limit;
    }

    /** What a request without a good token is told: a full budget, nobody's. */
    static RateVerdict untouched(RateLimit limit, Instant now) {
        int requests = limit.isOff() ? UNLIMITED : limit.requests();
        return new RateVerdict(true, requests, requests, now.toEpochMilli());
    }

    RateVerdict take(Instant now) {
        if (limit.isOff()) {
            return untouched(limit, now);
        }
        long millis = now.toEpochMilli();
        long windowMillis = limit.window().toMillis();
        long start = limit.sliding() ? millis - windowMillis : millis - Math.floorMod(millis, windowMillis) - 1;
        while (!taken.isEmpty() && taken.peekFirst() <= start) {
            taken.removeFirst();
        }
        boolean allowed = taken.size() < limit.requests();
        if (allowed) {
            taken.addLast(millis);
        }
        long reset = limit.sliding() ? taken.peekFirst() + windowMillis : start + 1 + windowMillis;
        return new RateVerdict(allowed, limit.requests(), limit.requests() - taken.size(), reset);
    }
}
