package fr.pennylanesync.api;

import fr.pennylanesync.api.budget.RateHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * An answer whose status is not 2xx, as the caller met it.
 *
 * @param path the endpoint, without query
 * @param status the HTTP status
 * @param cursorSent whether the request carried a cursor: a 400 then most likely means that the cursor is stale
 * @param retryAfter the server's wish, from {@link RateHeaders}
 * @param body at most {@link #BODY_LIMIT} bytes of the body; only matched against known patterns, never repeated
 */
public record ErrorAnswer(String path, int status, boolean cursorSent, Optional<Duration> retryAfter, byte[] body) {

    /** Longer error bodies are cut: every documented one is far shorter. */
    public static final int BODY_LIMIT = 16 * 1024;

    public ErrorAnswer {
        body = Arrays.copyOf(body, Math.min(body.length, BODY_LIMIT));
    }

    /** Without the body: it may name people. */
    @Override
    public String toString() {
        return "ErrorAnswer[" + status + ", " + body.length + " bytes]";
    }
}
