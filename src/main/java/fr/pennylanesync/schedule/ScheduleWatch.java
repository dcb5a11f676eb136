package fr.pennylanesync.schedule;

import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ScheduleEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.quartz.SchedulerException;

/**
 * Watches over the schedule by monotonic time, which no clock can move. Quartz waits by the wall clock: where that goes
 * back by an hour, every trigger would stand still for as long.
 */
public final class ScheduleWatch implements AutoCloseable {

    /** The schedule that is watched over. */
    public interface Watched {

        /** Moves triggers that lie further ahead than their cadence allows to where they belong. */
        void replan() throws SchedulerException;

        /** Returns the shortest time from one sync to the next; empty if nobody is to be synced. */
        Optional<Duration> period();

        /** Tells whether a sync is under way, or was begun since the last question, on whichever node. */
        boolean works() throws SchedulerException;
    }

    private static final EventLog LOG = EventLog.of(ScheduleWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** A clock that is set right little by little, as NTP does it, harms no trigger by so little. */
    private static final Duration LEAP_MIN = Duration.ofSeconds(2);
    private static final int PERIODS_OF_SILENCE = 2;

    private final InstantSource wall;
    private final LongSupplier monotonic;
    private final ScheduledExecutorService threads = FatalErrors.scheduler(1, "schedule-watch");
    private Optional<Watched> watched = Optional.empty();
    private Instant origin;
    private long firedNanos;
    private Optional<Duration> period = Optional.empty();
    private boolean failing;
    private volatile boolean stalled;

    /**
     * Makes a watch that looks at nothing yet.
     *
     * @param monotonic nanoseconds that never leap
     */
    public ScheduleWatch(InstantSource wall, LongSupplier monotonic) {
        this.wall = wall;
        this.monotonic = monotonic;
        this.origin = origin();
        this.firedNanos = monotonic.getAsLong();
    }

    /** Begins to look, once a second. */
    public void start(Watched schedule) {
        watch(schedule);
        threads.scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    synchronized void watch(Watched schedule) {
        watched = Optional.of(schedule);
        restart();
    }

    /** A company's job has fired. */
    public synchronized void fired() {
        restart();
        if (stalled) {
            stalled = false;
            LOG.log(new ScheduleEvent.ScheduleGoesOn());
        }
    }

    /** Tells whether no company's job has fired for two of the shortest intervals. */
    public boolean isStalled() {
        return stalled;
    }

    private void restart() {
        firedNanos = monotonic.getAsLong();
        period = watched.flatMap(Watched::period);
    }

    synchronized void look() {
        Watched schedule = watched.orElseThrow();
        try {
            lookForLeap(schedule);
            lookForSilence(schedule);
            failing = false;
        } catch (SchedulerException | RuntimeException unreachable) {
            if (!failing) {
                LOG.log(new ScheduleEvent.ScheduleNotWatched(unreachable.getClass().getName()));
            }
            failing = true;
        }
    }

    /** The origin moves on only once the triggers are planned anew: an attempt that failed is made again. */
    private void lookForLeap(Watched schedule) throws SchedulerException {
        Instant now = origin();
        Duration leap = Duration.between(origin, now);
        if (leap.abs().compareTo(LEAP_MIN) > 0) {
            schedule.replan();
            origin = now;
            LOG.log(new ScheduleEvent.ClockLeapt(leap.toSeconds()));
        }
    }

    /** Returns what the wall clock said when monotonic time was 0: the same for ever, unless that clock leaps. */
    private Instant origin() {
        return wall.instant().minusNanos(monotonic.getAsLong());
    }

    private void lookForSilence(Watched schedule) throws SchedulerException {
        if (period.isEmpty()) {
            restart();
        } else if (isSilentTooLong(period.get())) {
            if (schedule.works()) {
                fired();
            } else {
                tell(schedule);
            }
        }
    }

    private boolean isSilentTooLong(Duration each) {
        return monotonic.getAsLong() - firedNanos > each.multipliedBy(PERIODS_OF_SILENCE).toNanos();
    }

    private void tell(Watched schedule) throws SchedulerException {
        Duration silence = Duration.ofNanos(monotonic.getAsLong() - firedNanos);
        restart();
        if (period.isPresent()) {
            stalled = true;
            LOG.log(new ScheduleEvent.ScheduleStalled(ScheduleErrorCode.SCHEDULE_STALLED.name(), silence.toSeconds()));
            schedule.replan();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
