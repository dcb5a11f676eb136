package fr.pennylanesync.schedule;

import static org.quartz.CalendarIntervalScheduleBuilder.calendarIntervalSchedule;
import static org.quartz.CronScheduleBuilder.cronSchedule;
import static org.quartz.TriggerBuilder.newTrigger;

import fr.pennylanesync.settings.Cadence;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;
import org.quartz.DateBuilder.IntervalUnit;
import org.quartz.JobKey;
import org.quartz.ScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerKey;

/**
 * Computes when one company is synced. Intervals begin at a moment that follows from the company's id and the epoch
 * alone: companies are spread evenly over the interval, and every node and every start finds the same moments. A moment
 * that was missed is made up for once.
 */
record Timetable(long companyId, Cadence cadence) {

    static final String GROUP = "companies";

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final int FRACTION_BITS = 53;

    JobKey job() {
        return JobKey.jobKey(Long.toString(companyId), GROUP);
    }

    /** Names the cadence too: a trigger with another cadence is another trigger. */
    TriggerKey key() {
        return TriggerKey.triggerKey(companyId + " " + text(), GROUP);
    }

    Trigger trigger(Instant now) {
        return newTrigger().withIdentity(key()).forJob(job()).startAt(Date.from(first(now)))
                .withSchedule(schedule()).build();
    }

    /** Tells whether a sync was missed: there was none yet, it was broken off, or its next moment has passed. */
    boolean isDue(Optional<CompanyRun> last, Instant now) {
        return last.filter(run -> run.endedAt().isPresent()).map(run -> !next(run.begunAt()).isAfter(now)).orElse(true);
    }

    /** The longest that passes from now, or from the next sync, to the one that follows. */
    Duration period(Instant now) {
        if (cadence instanceof Cadence.Every every) {
            return every.interval();
        }
        Instant next = next(now);
        Duration until = Duration.between(now, next);
        Duration between = next.equals(Instant.MAX) ? until : Duration.between(next, next(next));
        return until.compareTo(between) > 0 ? until : between;
    }

    private String text() {
        if (cadence instanceof Cadence.Every every) {
            return "every " + every.interval();
        }
        Cadence.At at = (Cadence.At) cadence;
        return at.cron() + at.zone().map(zone -> " " + zone).orElse("");
    }

    /** The first moment of an interval after now. */
    private Instant first(Instant now) {
        if (cadence instanceof Cadence.Every every) {
            long intervalMs = every.interval().toMillis();
            long phaseMs = (long) (spread() * intervalMs);
            return now.plusMillis(intervalMs - Math.floorMod(now.toEpochMilli() - phaseMs, intervalMs));
        }
        return now;
    }

    /** From 0 to 1, far from that of the ids before and after. */
    double spread() {
        return (companyId * GOLDEN_RATIO >>> Long.SIZE - FRACTION_BITS) / (double) (1L << FRACTION_BITS);
    }

    private ScheduleBuilder<?> schedule() {
        if (cadence instanceof Cadence.Every every) {
            // Unlike a simple trigger it keeps its moments after one that was missed.
            return calendarIntervalSchedule()
                    .withInterval(Math.toIntExact(every.interval().toSeconds()), IntervalUnit.SECOND)
                    .withMisfireHandlingInstructionFireAndProceed();
        }
        return cronSchedule(expression()).withMisfireHandlingInstructionFireAndProceed();
    }

    /** The moment after the given one; as late as can be where there is none. */
    Instant next(Instant after) {
        if (cadence instanceof Cadence.Every every) {
            return after.plus(every.interval());
        }
        Date next = expression().getNextValidTimeAfter(Date.from(after));
        return next == null ? Instant.MAX : next.toInstant();
    }

    private CronExpression expression() {
        try {
            Cadence.At at = (Cadence.At) cadence;
            CronExpression expression = new CronExpression(at.cron());
            at.zone().map(TimeZone::getTimeZone).ifPresent(expression::setTimeZone);
            return expression;
        } catch (ParseException impossible) {
            throw new IllegalArgumentException("the settings take valid expressions only");
        }
    }
}
