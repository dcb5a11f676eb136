package fr.pennylanesync.schedule;

import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.OURS;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of the schedule of the companies' jobs. */
public enum ScheduleErrorCode implements ErrorCode {
    SCHEDULE_UNAVAILABLE(passing(THEIRS, PROCESS,
            "the companies' jobs cannot be reached",
            "check the warehouse; the next attempt, ten seconds later, does what is left")),
    SCHEDULE_STALLED(passing(OURS, PROCESS,
            "no company's sync has begun for two intervals",
            "the triggers are planned anew; if it stays, see the log of this process and restart it"));

    private final ErrorDescription description;

    ScheduleErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "schedule";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
