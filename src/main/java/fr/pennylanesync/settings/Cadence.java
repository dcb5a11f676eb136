package fr.pennylanesync.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Says how often something is done. */
public sealed interface Cadence {

    /** Again and again, this long from one beginning to the next. */
    record Every(Duration interval) implements Cadence {

        public Every {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("an interval is longer than nothing");
            }
        }
    }

    /** At the times of a Quartz cron expression, in the time zone of the process. */
    record At(String cron) implements Cadence {

        public At {
            requireNonNull(cron, "cron");
        }
    }
}
