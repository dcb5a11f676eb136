package fr.pennylanesync.alarm;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;
import fr.pennylanesync.failure.SyncException;

/** The codes of alarms that cannot be kept or told. */
public enum AlarmErrorCode implements ErrorCode {
    ALARM_CONDITION_INVALID(lasting(CONFIGURATION, PROCESS,
            "a statement of the job check-alarms lacks a column, or has one of another type",
            "have it answer code, company_id, stream, part, since, reason and remedy as check-alarms.camel.yaml does")),
    WEBHOOK_REFUSED(passing(THEIRS, PROCESS,
            "the webhook did not take an alarm",
            "check alarms.webhook; the alarm is told again after a while, for as long as it takes")),
    WEBHOOK_AWAY(passing(THEIRS, PROCESS,
            "the webhook did not answer",
            "check alarms.webhook and the way to it; the alarm is told again after a while, for as long as it takes"));

    private final ErrorDescription description;

    AlarmErrorCode(ErrorDescription description) {
        this.description = description;
    }

    static SyncException invalid(RuntimeException wrong) {
        return new SyncException(ALARM_CONDITION_INVALID, wrong.getClass().getSimpleName(), wrong);
    }

    @Override
    public String source() {
        return "alarm";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
