package fr.pennylanesync.checkpoint;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Asks three clocks that know nothing of each other what time it is, because each of them may be wrong: the API's, by
 * the {@code Date} headers of its last answers, the database's, and that of this machine. What was read from the first
 * two is carried on by monotonic time, so a leap of this machine's clock moves none but its own.
 */
public final class PositionClock {

    /** Bounds how far clocks that are right lie apart. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final EventLog LOG = EventLog.of(PositionClock.class);
    /** A few headers that are wrong do not outvote the others: the earliest of so many counts. */
    private static final int ANSWERS = 24;
    private static final Duration DATABASE_READING_AGE_MAX = Duration.ofSeconds(10);

    /** One clock's word, and when by monotonic time it was given. */
    private record Reading(Instant instant, long nanos) {
        Instant at(long nowNanos) {
            return instant.plusNanos(nowNanos - nanos);
        }
    }

    private final InstantSource own;
    private final InstantSource database;
    private final LongSupplier monotonic;
    private final Deque<Reading> answers = new ArrayDeque<>();
    private Optional<Reading> databaseReading = Optional.empty();
    private boolean disagreeing;

    /**
     * Makes the clock.
     *
     * @param database asks the database, every ten seconds at the most
     * @param monotonic nanoseconds that never leap
     */
    public PositionClock(InstantSource own, InstantSource database, LongSupplier monotonic) {
        this.own = own;
        this.database = database;
        this.monotonic = monotonic;
    }

    /** Takes the {@code Date} of an answer that has just arrived. */
    public synchronized void answered(Instant date) {
        if (answers.size() == ANSWERS) {
            answers.removeFirst();
        }
        answers.addLast(new Reading(date, monotonic.getAsLong()));
    }

    /**
     * Takes the API's word that a position is older than what it keeps. Headers before the last one are forgotten: time
     * may have leapt for the API since.
     */
    public synchronized void refused() {
        while (answers.size() > 1) {
            answers.removeFirst();
        }
    }

    /** Reads all clocks. */
    public synchronized ClockReading read() {
        long nanos = monotonic.getAsLong();
        Optional<Instant> api = answers.stream().map(answer -> answer.at(nanos)).min(Instant::compareTo);
        ClockReading reading = new ClockReading(api, databaseTime(nanos), own.instant());
        tell(reading);
        return reading;
    }

    private Instant databaseTime(long nanos) {
        boolean fresh = databaseReading.filter(last -> nanos - last.nanos() < DATABASE_READING_AGE_MAX.toNanos())
                .isPresent();
        if (!fresh) {
            databaseReading = Optional.of(new Reading(database.instant(), nanos));
        }
        return databaseReading.orElseThrow().at(nanos);
    }

    private void tell(ClockReading reading) {
        boolean apart = reading.spread().compareTo(TOLERANCE) > 0;
        if (apart && !disagreeing) {
            LOG.log(new SyncEvent.ClocksDisagree(reading.apiAhead().toSeconds(), reading.databaseAhead().toSeconds()));
        }
        disagreeing = apart;
    }
}
