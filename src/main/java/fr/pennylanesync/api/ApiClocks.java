package fr.pennylanesync.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clock of the API as its answers' {@code Date} headers tell it, per company. Positions in changelogs are times of that clock, so
 * ours may be wrong without harm. Whole seconds, always in the past of the answer.
 */
public final class ApiClocks {

    private final Map<Long, Duration> ahead = new ConcurrentHashMap<>();
    private final Clock local;

    public ApiClocks(Clock local) {
        this.local = local;
    }

    public void observe(long companyId, Instant date) {
        ahead.put(companyId, Duration.between(local.instant(), date));
    }

    /** Until the first answer, the local clock. */
    public Clock of(long companyId) {
        return new Clock() {
            @Override
            public Instant instant() {
                return local.instant().plus(ahead.getOrDefault(companyId, Duration.ZERO));
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("instants have no zone");
            }
        };
    }
}
