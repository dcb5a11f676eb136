package fr.pennylanesync.sandbox.books;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one feed, the earliest processed first; events processed at the same moment in the order they came.
 * Kept for four weeks, as Pennylane documents. Not thread-safe: {@link Books} guards it.
 */
public final class FeedLog {

    public static final Duration RETENTION = Duration.ofDays(28);

    private static final int MOST_EVENTS = 5_000_000;
    private static final long RETENTION_MICROS = RETENTION.toMillis() * 1000;

    private final List<FeedEvent> events = new ArrayList<>();

    /**
     * Adds an event and forgets those that are out of retention.
     *
     * @throws IllegalStateException when more than five million are within it: dropping one would break the contract
     */
    public void add(FeedEvent event) {
        forgetBefore(event.processedMicros() - RETENTION_MICROS);
        if (events.size() == MOST_EVENTS) {
            throw new IllegalStateException("a feed holds at most " + MOST_EVENTS + " events: make fewer mutations");
        }
        int place = events.size();
        while (place > 0 && events.get(place - 1).processedMicros() > event.processedMicros()) {
            place--;
        }
        events.add(place, event);
    }

    /** The events processed at a moment or later that are visible now. */
    public List<FeedEvent> since(long fromMicros, Instant now) {
        long nowMicros = Stamps.micros(now);
        return events.subList(firstFrom(fromMicros), events.size()).stream()
                .filter(event -> event.visibleMicros() <= nowMicros).toList();
    }

    private void forgetBefore(long micros) {
        int expired = 0;
        while (expired < events.size() && events.get(expired).processedMicros() < micros) {
            expired++;
        }
        if (expired > 0) {
            events.subList(0, expired).clear();
        }
    }

    private int firstFrom(long micros) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).processedMicros() < micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
