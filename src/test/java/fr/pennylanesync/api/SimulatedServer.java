package fr.pennylanesync.api;

import fr.pennylanesync.api.budget.RateHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;

/** The server's side of the rate limit: counts requests as they arrive, in a sliding or a fixed window. */
public final class SimulatedServer {

    private static final int LIMIT = 25;
    private static final long WINDOW = Duration.ofSeconds(5).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final boolean sliding;
    private final long phaseNanos;
    private final Deque<Long> counted = new ArrayDeque<>();
    private int accepted;
    private int refused;

    private SimulatedServer(boolean sliding, long phaseNanos) {
        this.sliding = sliding;
        this.phaseNanos = phaseNanos;
    }

    public static SimulatedServer sliding() {
        return new SimulatedServer(true, 0);
    }

    public static SimulatedServer fixed(long phaseNanos) {
        return new SimulatedServer(false, phaseNanos % WINDOW);
    }

    /** One answer: a status and its headers. */
    public record SimulatedAnswer(int status, RateHeaders headers) {}

    public SimulatedAnswer arrive(long now) {
        forgetOld(now);
        boolean fits = counted.size() < LIMIT;
        if (fits) {
            counted.addLast(now);
            accepted++;
        } else {
            refused++;
        }
        OptionalInt limit = OptionalInt.of(LIMIT);
        OptionalInt remaining = OptionalInt.of(LIMIT - counted.size());
        // Whole seconds on both ends, as the wire has them.
        Duration reset = Duration.ofSeconds(resetAt(now) / SECOND - now / SECOND);
        Optional<Duration> retryAfter = fits ? Optional.empty() : Optional.of(reset.plusSeconds(1));
        return new SimulatedAnswer(fits ? 200 : 429, new RateHeaders(limit, remaining, Optional.of(reset), retryAfter));
    }

    public int accepted() {
        return accepted;
    }

    public int refused() {
        return refused;
    }

    public double use(Duration time) {
        return accepted / (LIMIT * (time.toNanos() / (double) WINDOW));
    }

    private void forgetOld(long now) {
        long start = sliding ? now - WINDOW + 1 : windowStart(now);
        while (!counted.isEmpty() && counted.getFirst() < start) {
            counted.removeFirst();
        }
    }

    private long windowStart(long now) {
        return Math.floorDiv(now - phaseNanos, WINDOW) * WINDOW + phaseNanos;
    }

    private long resetAt(long now) {
        if (!sliding) {
            return windowStart(now) + WINDOW;
        }
        return counted.isEmpty() ? now : counted.getFirst() + WINDOW;
    }
}
