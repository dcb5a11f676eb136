package fr.pennylanesync.pass;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the events of one reading of a feed that say the same of the same instant. Events come in the order of their
 * instants, so only those of the latest are remembered.
 */
final class EventCounter {

    private record Event(long id, String operation) {}

    private final Map<Event, Integer> counts;
    private Instant instant;

    EventCounter() {
        this(Map.of(), Instant.MIN);
    }

    private EventCounter(Map<Event, Integer> counts, Instant instant) {
        this.counts = new HashMap<>(counts);
        this.instant = instant;
    }

    /** The same count, for a page that may have to be read again. */
    EventCounter copy() {
        return new EventCounter(counts, instant);
    }

    /** @param processedAt counts to the microsecond: the warehouse keeps no more */
    int next(long id, String operation, Instant processedAt) {
        Instant kept = processedAt.truncatedTo(ChronoUnit.MICROS);
        if (!kept.equals(instant)) {
            counts.clear();
            instant = kept;
        }
        return counts.merge(new Event(id, operation), 1, Integer::sum);
    }
}
