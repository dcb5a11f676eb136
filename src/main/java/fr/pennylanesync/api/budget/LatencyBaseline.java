package fr.pennylanesync.api.budget;

import java.time.Duration;

/**
 * Estimates how late a request can have reached the server, compared with the quickest one.
 *
 * <p>A request that was answered after {@code t} cannot have arrived later than {@code t - quickest} after its own
 * quickest possible arrival; the part of the way that all requests share cancels out. So the excess over the quickest
 * round trip bounds the jitter of the arrival without knowing either clock or direction.
 *
 * <p>Slow endpoints would make that bound needlessly wide, so the baseline is never more than {@link #WIDEST_EXCESS}
 * below the average round trip: this is what keeps the use of the budget above 95 %. Where that was too little, the
 * server refuses a request, and the bound is widened for a while.
 */
final class LatencyBaseline {

    private static final long WIDEST_EXCESS = Duration.ofMillis(180).toNanos();
    /** A window of the documented budget. */
    private static final long WIDENED_AT_MOST = Duration.ofSeconds(5).toNanos();
    private static final long NARROWS_AFTER = Duration.ofMinutes(15).toNanos();
    private static final long FORGET_AFTER = Duration.ofMinutes(2).toNanos();
    private static final double WEIGHT_OF_LAST = 1.0 / 16;

    private double averageNanos;
    private long quickestNanos = Long.MAX_VALUE;
    private long quickestBeforeNanos = Long.MAX_VALUE;
    private long rotatedAtNanos;
    private boolean empty = true;
    private long widestExcessNanos = WIDEST_EXCESS;
    private long widenedAtNanos;

    void add(long roundTripNanos, long nowNanos) {
        if (empty) {
            averageNanos = roundTripNanos;
            rotatedAtNanos = nowNanos;
            empty = false;
        }
        if (nowNanos - rotatedAtNanos > FORGET_AFTER) {
            quickestBeforeNanos = quickestNanos;
            quickestNanos = Long.MAX_VALUE;
            rotatedAtNanos = nowNanos;
        }
        if (widestExcessNanos > WIDEST_EXCESS && nowNanos - widenedAtNanos > NARROWS_AFTER) {
            widestExcessNanos = Math.max(WIDEST_EXCESS, widestExcessNanos / 2);
            widenedAtNanos = nowNanos;
        }
        quickestNanos = Math.min(quickestNanos, roundTripNanos);
        averageNanos += (roundTripNanos - averageNanos) * WEIGHT_OF_LAST;
    }

    /** The server has counted more requests in a window than the bound had let it seem possible. */
    void widen(long nowNanos) {
        widestExcessNanos = Math.min(WIDENED_AT_MOST, 2 * widestExcessNanos);
        widenedAtNanos = nowNanos;
    }

    long excessNanos(long roundTripNanos) {
        return Math.max(0, roundTripNanos - baselineNanos());
    }

    private long baselineNanos() {
        if (empty) {
            return 0;
        }
        return Math.max(Math.min(quickestNanos, quickestBeforeNanos), (long) averageNanos - widestExcessNanos);
    }
}
