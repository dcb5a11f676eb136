package fr.pennylanesync.api.budget;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Keeps what the server said that lowers the budget for a while.
 *
 * <p>A {@code ratelimit-remaining} below what our own requests explain means that somebody else uses the token: as many
 * requests are left to them until no answer shows them any more. A 429 stops everything for as long as the server asks,
 * and gives up a fifth of the budget afterwards, each time for twice as long as the time before: a limit that we
 * misjudge, or a neighbour that never rests, ends in a slower pace and not in a loop of refusals.
 *
 * <p>The remaining count is 0 or 1 in the steady state of a full budget; only a count that is too low means anything,
 * so neither that nor the whole seconds of the headers cost throughput.
 */
final class ServerThrottle {

    private static final int SHARE_GIVEN_UP = 5;
    private static final int MOST_DOUBLINGS = 6;
    private static final long FORGIVEN_AFTER = Duration.ofMinutes(15).toNanos();
    private static final long LONGEST_JITTER = Duration.ofMillis(250).toNanos();

    private final int configuredLimit;
    private final Duration window;
    private final RandomGenerator random;
    private final SlidingMaximum others = new SlidingMaximum();
    private int limit;
    private int refusals;
    private long lastRefusalNanos;
    private long pausedUntilNanos;

    ServerThrottle(BudgetSettings settings, long nowNanos, RandomGenerator random) {
        this.configuredLimit = settings.requests();
        this.window = settings.window();
        this.random = random;
        this.limit = configuredLimit;
        this.pausedUntilNanos = nowNanos;
    }

    /** Requests per window that are ours now: at least one. */
    int allowed(long nowNanos) {
        return Math.max(1, limit - others.value(nowNanos));
    }

    /** Returns when {@link #allowed} may rise again by itself; {@link Long#MAX_VALUE} when it will not. */
    long risesAtNanos(long nowNanos) {
        return others.fallsAtNanos(nowNanos);
    }

    long pausedUntilNanos() {
        return pausedUntilNanos;
    }

    /**
     * Learns from an answer.
     *
     * @param ours how many of our own requests the server may have counted in its window with this one
     */
    void learn(RateHeaders headers, int ours, long nowNanos) {
        headers.limit().ifPresent(theirs -> limit = Math.min(configuredLimit, theirs));
        if (headers.limit().isPresent() && headers.remaining().isPresent()) {
            int counted = headers.limit().getAsInt() - headers.remaining().getAsInt();
            leaveToOthers(counted - ours, nowNanos + windows(1.2));
        }
    }

    void pause(long untilNanos) {
        pausedUntilNanos = Math.max(pausedUntilNanos, untilNanos);
    }

    /** Stops everything after a 429. Several refusals of one moment count once. */
    void refused(RateHeaders headers, long nowNanos) {
        if (nowNanos - lastRefusalNanos > FORGIVEN_AFTER) {
            refusals = 0;
        }
        boolean newRefusal = nowNanos >= pausedUntilNanos;
        Duration wait = headers.retryAfter()
                .or(() -> headers.resetIn().map(reset -> reset.plusSeconds(1)))
                .orElse(window);
        long until = nowNanos + wait.toNanos() + random.nextLong(LONGEST_JITTER);
        pausedUntilNanos = Math.max(pausedUntilNanos, until);
        lastRefusalNanos = nowNanos;
        if (newRefusal) {
            int givenUp = others.value(nowNanos) + Math.max(1, limit / SHARE_GIVEN_UP);
            leaveToOthers(givenUp, pausedUntilNanos + windows(2 << Math.min(refusals, MOST_DOUBLINGS)));
            refusals++;
        }
    }

    private void leaveToOthers(int requests, long untilNanos) {
        if (requests > 0) {
            others.offer(Math.min(requests, limit - 1), untilNanos);
        }
    }

    private long windows(double count) {
        return (long) (window.toNanos() * count);
    }
}
