package fr.pennylanesync.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

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

    /**
     * At the times of a Quartz cron expression.
     *
     * @param zone the time zone whose clocks it means; empty for that of the process
     */
    record At(String cron, Optional<ZoneId> zone) implements Cadence {

        public At {
            requireNonNull(cron, "cron");
            requireNonNull(zone, "zone");
        }
    }
}
