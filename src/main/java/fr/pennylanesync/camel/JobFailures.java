package fr.pennylanesync.camel;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.RouteEvent;
import fr.pennylanesync.outage.Outages;
import org.apache.camel.Exchange;

/** Says that a job failed; its next time comes anyway. */
public final class JobFailures {

    private static final EventLog LOG = EventLog.of(JobFailures.class);

    private final Outages outages;

    /** @param outages what these have said is not said again, job by job */
    public JobFailures(Outages outages) {
        this.outages = outages;
    }

    public void failed(Exchange exchange) {
        Failure failure = Failure.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        if (!failure.isToldBy(outages)) {
            LOG.log(new RouteEvent.JobFailed(exchange.getFromRouteId(), failure.code(), failure.message()));
        }
    }
}
