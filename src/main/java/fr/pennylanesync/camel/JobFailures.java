package fr.pennylanesync.camel;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.RouteEvent;
import org.apache.camel.Exchange;

/** Says that a job failed; its next time comes anyway. */
public final class JobFailures {

    private static final EventLog LOG = EventLog.of(JobFailures.class);

    public void failed(Exchange exchange) {
        Failure failure = Failure.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        LOG.log(new RouteEvent.JobFailed(exchange.getFromRouteId(), failure.code(), failure.message()));
    }
}
