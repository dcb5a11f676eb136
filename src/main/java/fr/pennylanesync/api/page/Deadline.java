package fr.pennylanesync.api.page;

import fr.pennylanesync.api.budget.NanoClock;
import java.time.Duration;

/** The moment after which an answer is no longer wanted. */
public record Deadline(NanoClock clock, long atNanos) {

    public static Deadline in(Duration time) {
        return in(time, NanoClock.SYSTEM);
    }

    public static Deadline in(Duration time, NanoClock clock) {
        return new Deadline(clock, clock.nanos() + time.toNanos());
    }

    public boolean passed() {
        return clock.nanos() - atNanos >= 0;
    }
}
