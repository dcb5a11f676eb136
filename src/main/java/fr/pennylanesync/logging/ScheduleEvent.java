package fr.pennylanesync.logging;

import java.util.Optional;
import org.slf4j.event.Level;

/** Declares the events of the schedule and of the leases of companies. */
@Event.Topic("Schedule and leases")
public sealed interface ScheduleEvent extends Event {

    @Declared(level = Level.INFO, means = "The syncs of a company are scheduled.")
    record CompanyScheduled(long company, String trigger) implements ScheduleEvent {}

    @Declared(level = Level.INFO, means = "The syncs of a company are not scheduled any more.")
    record CompanyUnscheduled(long company) implements ScheduleEvent {}

    @Declared(level = Level.DEBUG, means = "Another node scheduled the syncs of a company at the same time.")
    record CompanyScheduledElsewhere(long company) implements ScheduleEvent {}

    @Declared(level = Level.DEBUG, means = "Another node made a company due at the same time.")
    record CompanyHastenedElsewhere(long company) implements ScheduleEvent {}

    @Declared(
            level = Level.WARN,
            means = "The clock of this machine leapt, forward or back by `leap_s`; the triggers of all jobs were "
                    + "planned anew by what it says now.",
            action = "Find out what sets the clock of this machine, if it goes on.")
    record ClockLeapt(long leapS) implements ScheduleEvent {}

    @Declared(
            level = Level.WARN,
            means = "No company's sync has begun for two intervals; the triggers were planned anew.",
            action = "Do what the code says; `schedule_goes_on` tells that it is over.")
    record ScheduleStalled(String code, long afterS) implements ScheduleEvent {}

    @Declared(level = Level.INFO, means = "A company's sync has begun again after a silence.")
    record ScheduleGoesOn() implements ScheduleEvent {}

    @Declared(
            level = Level.WARN,
            means = "The watch over the schedule could not do its work; it tries again every second.",
            action = "Check the warehouse.")
    record ScheduleNotWatched(String exception) implements ScheduleEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A fault of this program ended the sync of a company.",
            action = "Report it with the stack trace.")
    record SyncFailed(long company) implements ScheduleEvent {}

    @Declared(
            level = Level.WARN,
            means = "A stop did not wait any longer for the sync of a company.",
            action = "Nothing: the next start goes on from the checkpoints.")
    record SyncAbandoned(long company) implements ScheduleEvent {}

    @Declared(
            level = Level.WARN,
            means = "The scheduler could not be stopped in order.",
            action = "Nothing: the rest was closed all the same.")
    record SchedulerNotStopped(String exception) implements ScheduleEvent {}

    @Declared(
            level = Level.INFO,
            means = "This node reads a company that another node read a moment ago; the request "
                    + "budget rests for a while.",
            action = "If `died` is true, find out why the other node ended.")
    record CompanyTakenOver(long company, String from, boolean died, long restMs) implements ScheduleEvent {}

    @Declared(
            level = Level.WARN,
            means = "The connection that holds the leases broke; no request leaves until they are taken again.",
            action = "Check the database if it goes on.")
    record LeasesLost(long companies, Optional<String> sqlstate) implements ScheduleEvent {}

    @Declared(level = Level.INFO, means = "The leases that were lost are taken again, as far as nobody else took them.")
    record LeasesRetaken(long companies) implements ScheduleEvent {}

    @Declared(
            level = Level.WARN,
            means = "Another `run` works on the same warehouse, and they are no cluster: their schedules know nothing "
                    + "of each other, so companies wait for each other and budgets are shared by chance.",
            action = "Do what `remedy` says.")
    record ServiceNotAlone(String remedy) implements ScheduleEvent {}

    @Declared(level = Level.DEBUG, means = "The broken connection of the leases could not be closed in order.")
    record LeaseConnectionBroken(Optional<String> sqlstate) implements ScheduleEvent {}
}
