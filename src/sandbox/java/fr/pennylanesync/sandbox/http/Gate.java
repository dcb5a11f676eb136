package fr.pennylanesync.sandbox.http;

import fr.pennylanesync.sandbox.RateLimit;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Lets requests in: who they are, and whether their token has budget left. */
final class Gate {

    private static final String SCHEME = "Bearer ";

    private final TokenDesk tokens;
    private final RateLimit limit;
    private final Map<String, RateWindow> windows = new ConcurrentHashMap<>();

    Gate(TokenDesk tokens, RateLimit limit) {
        this.tokens = tokens;
        this.limit = limit;
    }

    Optional<TokenDesk.Grant> identify(String authorization, Instant now) {
        return Optional.ofNullable(authorization)
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .flatMap(header -> tokens.find(header.substring(SCHEME.length()).strip(), now));
    }

    RateWindow.RateVerdict take(TokenDesk.Grant grant, Instant now) {
        RateWindow window = windows.computeIfAbsent(grant.token(), token -> new RateWindow(limit));
        synchronized (window) {
            return window.take(now);
        }
    }

    RateWindow.RateVerdict stranger(Instant now) {
        return RateWindow.untouched(limit, now);
    }

    static Map<String, String> headers(RateWindow.RateVerdict verdict) {
        return Map.of("ratelimit-limit", Integer.toString(verdict.limit()), "ratelimit-remaining",
                Integer.toString(verdict.remaining()), "ratelimit-reset",
                Long.toString(secondsUp(verdict.resetMillis())));
    }

    /** 429 is plain text, with the seconds to wait. */
    static SandboxAnswer tooMany(RateWindow.RateVerdict verdict, Instant now) {
        long seconds = Math.max(1, secondsUp(verdict.resetMillis() - now.toEpochMilli()));
        return SandboxAnswer.text(429, "Rate limit exceeded. Please retry in " + seconds + " seconds.")
                .with(Map.of("retry-after", Long.toString(seconds)));
    }

    private static long secondsUp(long millis) {
        return -Math.floorDiv(-millis, 1000L);
    }
}
