package fr.pennylanesync.api.budget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests that may still stand in the server's window. A request leaves one window after its latest possible
 * arrival, plus a safety margin; while it is unanswered it stays.
 *
 * <p>Keeping fewer than the limit in this log keeps fewer than the limit in <em>any</em> window of that length at the
 * server, be it sliding or fixed, at any phase.
 */
final class RequestWindow {

    static final Duration MARGIN = Duration.ofMillis(30);
    private static final long UNANSWERED = -1;

    /** One request. */
    static final class CountedRequest {
        private final long sentNanos;
        private long roundTripNanos = UNANSWERED;
        private long keptUntilNanos = Long.MAX_VALUE;

        private CountedRequest(long sentNanos) {
            this.sentNanos = sentNanos;
        }
    }

    private final long stayNanos;
    private final LatencyBaseline latency = new LatencyBaseline();
    private final List<CountedRequest> entries = new ArrayList<>();

    RequestWindow(Duration window) {
        this.stayNanos = window.plus(MARGIN).toNanos();
    }

    CountedRequest sent(long nowNanos) {
        CountedRequest entry = new CountedRequest(nowNanos);
        entries.add(entry);
        return entry;
    }

    boolean isOpen(CountedRequest entry) {
        return entry.roundTripNanos == UNANSWERED;
    }

    void answered(CountedRequest entry, long nowNanos) {
        entry.roundTripNanos = nowNanos - entry.sentNanos;
        latency.add(entry.roundTripNanos, nowNanos);
    }

    /** A request was refused although there seemed to be room: others arrived later than it was thought they can. */
    void refused(long nowNanos) {
        latency.widen(nowNanos);
    }

    /** A request without an answer may have arrived at any time until now. */
    void lost(CountedRequest entry, long nowNanos) {
        entry.roundTripNanos = nowNanos - entry.sentNanos;
        entry.keptUntilNanos = nowNanos + stayNanos;
    }

    /** Takes back a request that was not sent after all. */
    void withdraw(CountedRequest entry) {
        entries.remove(entry);
    }

    /** Requests that may stand in the server's window now. */
    int count(long nowNanos) {
        return (int) entries.stream().filter(entry -> leavesAt(entry) > nowNanos).count();
    }

    /** Requests that may have stood in the server's window when it counted this answered one, itself included. */
    int countedWith(CountedRequest entry) {
        long latestSend = entry.sentNanos + latency.excessNanos(entry.roundTripNanos);
        return (int) entries.stream()
                .filter(other -> other.sentNanos <= latestSend && leavesAt(other) > entry.sentNanos)
                .count();
    }

    /** Forgets what no answer can be compared with any more. */
    void forgetOld(long nowNanos) {
        long oldestOpen = entries.stream()
                .filter(entry -> entry.roundTripNanos == UNANSWERED)
                .mapToLong(entry -> entry.sentNanos)
                .min()
                .orElse(nowNanos);
        entries.removeIf(entry -> leavesAt(entry) <= oldestOpen);
    }

    /** Returns when fewer than the limit are left; {@link Long#MAX_VALUE} when that depends on an answer. */
    long roomAtNanos(int limit, long nowNanos) {
        long[] leaving = entries.stream().mapToLong(this::leavesAt).filter(at -> at > nowNanos).sorted().toArray();
        return leaving.length < limit ? nowNanos : leaving[leaving.length - limit];
    }

    private long leavesAt(CountedRequest entry) {
        if (entry.roundTripNanos == UNANSWERED || entry.keptUntilNanos != Long.MAX_VALUE) {
            return entry.keptUntilNanos;
        }
        return entry.sentNanos + latency.excessNanos(entry.roundTripNanos) + stayNanos;
    }
}
