package fr.pennylanesync.archive.s3;

import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Objects;

/** Says how long each object is locked against deletion and change, by whomever (mode COMPLIANCE). */
record Retention(Period period, Clock clock) {

    Retention {
        Objects.requireNonNull(clock);
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("a retention is longer than nothing");
        }
    }

    /** Until when an object is locked that is stored now. */
    Instant until() {
        return clock.instant().atZone(ZoneOffset.UTC).plus(period).toInstant();
    }
}
