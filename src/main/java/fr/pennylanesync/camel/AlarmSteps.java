package fr.pennylanesync.camel;

import fr.pennylanesync.alarm.AlarmErrorCode;
import fr.pennylanesync.alarm.AlarmMessage;
import fr.pennylanesync.alarm.AlarmRound;
import fr.pennylanesync.alarm.Alarms;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.FatalErrors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;

/**
 * Gives the job {@code check-alarms} its steps: which conditions there are, what follows from them, who is to be told.
 */
public final class AlarmSteps {

    /**
     * Holds what one run of the job has found so far. A condition of a route sees a copy of the exchange, so that what
     * it found out is kept here.
     */
    private static final class Run {

        private Optional<AlarmRound> round = Optional.empty();
        private Optional<AlarmMessage> next = Optional.empty();
        private boolean failed;
    }

    private final Alarms alarms;
    private final BooleanSupplier ready;

    /** @param ready whether there is something to look at */
    public AlarmSteps(Alarms alarms, BooleanSupplier ready) {
        this.alarms = alarms;
        this.ready = ready;
    }

    /** Tells whether this node can look at anything: a warehouse that is away is told by health and by the log. */
    public boolean isReady() {
        return ready.getAsBoolean();
    }

    /** Begins a run, and notes what this node alone can see. */
    public void note(Exchange exchange) {
        exchange.setVariable(Variables.ALARM_RUN, new Run());
        alarms.note();
    }

    /** Takes the turn to start and end alarms, unless another node has just had it. */
    public boolean isTurn(Exchange exchange) {
        run(exchange).round = alarms.begin();
        return run(exchange).round.isPresent();
    }

    /** Adds what health and {@code status} say. */
    public void health(Exchange exchange) {
        alarms.addHealth(round(exchange));
    }

    /** Adds what a statement has found, row by row. */
    @SuppressWarnings("unchecked")
    public void found(Exchange exchange) {
        round(exchange).addRows(exchange.getMessage().getBody(List.class).stream()
                .map(row -> (Map<String, Object>) row).toList());
        exchange.getMessage().setBody(null);
    }

    /** Starts and ends alarms by all that was found. */
    public void keep(Exchange exchange) {
        alarms.keep(round(exchange));
    }

    /** Claims what is to be told next; after a failure nothing more until the job comes again. */
    public boolean hasNext(Exchange exchange) {
        Run run = run(exchange);
        run.next = run.failed ? Optional.empty() : alarms.next();
        return run.next.isPresent();
    }

    /** Takes what was claimed. */
    public void take(Exchange exchange) {
        exchange.setVariable(Variables.ALARM, run(exchange).next.orElseThrow());
    }

    /** Notes that it was told. */
    public void told(Exchange exchange) {
        alarms.told(message(exchange));
    }

    /** Leaves it to a later attempt. */
    public void notTold(Exchange exchange) {
        run(exchange).failed = true;
        Exception why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        alarms.notTold(message(exchange), code(why));
    }

    /** Tells no more than that a connection broke: what a client says of it may hold the address. */
    private static ErrorCode code(Exception caught) {
        FatalErrors.rethrow(caught);
        for (Throwable cause = caught; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return AlarmErrorCode.WEBHOOK_AWAY;
            }
        }
        return Failure.of(caught).errorCode();
    }

    private static AlarmRound round(Exchange exchange) {
        return run(exchange).round.orElseThrow();
    }

    private static Run run(Exchange exchange) {
        return exchange.getVariable(Variables.ALARM_RUN, Run.class);
    }

    private static AlarmMessage message(Exchange exchange) {
        return exchange.getVariable(Variables.ALARM, AlarmMessage.class);
    }
}
