package fr.pennylanesync.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock of the API as the {@code Date} headers of its answers tell it, in whole seconds and never ahead of it.
 * Positions in changelogs are times of that clock, so ours may be wrong without harm. Until the first answer it is the
 * local clock.
 */
public final class ApiClock extends Clock {

    private final Clock local;
    private volatile Duration ahead = Duration.ZERO;

    public ApiClock(Clock local) {
        this.local = local;
    }

    /** Sets it by an answer that has just arrived. */
    public void set(Instant date) {
        ahead = Duration.between(local.instant(), date);
    }

    @Override
    public Instant instant() {
        return local.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("this clock is read for instants only");
    }
}
