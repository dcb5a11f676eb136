package fr.pennylanesync.camel;

import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a job failed; its next time comes anyway. */
public final class JobFailures {

    private static final Logger LOG = LoggerFactory.getLogger(JobFailures.class);

    public void failed(Exchange exchange) {
        Failure failure = Failure.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        LOG.error("job_failed job={} code={} message=\"{}\"", exchange.getFromRouteId(), failure.code(), failure.message());
    }
}
