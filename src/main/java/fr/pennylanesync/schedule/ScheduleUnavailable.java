package fr.pennylanesync.schedule;

import org.quartz.SchedulerException;

/**
 * The jobs of the companies could not be read or changed: their store in the warehouse did not answer. The next attempt
 * does what is left.
 */
public final class ScheduleUnavailable extends RuntimeException {

    public static final String CODE = "SCHEDULE_UNAVAILABLE";

    public ScheduleUnavailable(SchedulerException cause) {
        super("the companies' jobs cannot be reached: check the warehouse", cause);
    }
}
