package fr.pennylanesync.schedule;

import fr.pennylanesync.settings.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Computes when companies are audited: behind each moment of a cron expression, spread over an hour, or over half the
 * time to the next moment if that is less.
 *
 * @param cron a Quartz cron expression, by the clocks of the process
 */
public record AuditMoments(String cron) {

    private static final Duration SPREAD = Duration.ofHours(1);

    /** @param planned the moment of the company's newest audit, or since when it waits for its first */
    public boolean isDue(long companyId, Instant planned, Instant now) {
        Timetable timetable = new Timetable(companyId, new Cadence.At(cron, Optional.empty()));
        Instant next = timetable.next(planned);
        if (next.isAfter(now)) {
            return false;
        }
        Duration half = Duration.between(next, timetable.next(next)).dividedBy(2);
        Duration spread = half.compareTo(SPREAD) < 0 ? half : SPREAD;
        return !next.plusMillis((long) (timetable.spread() * spread.toMillis())).isAfter(now);
    }
}
