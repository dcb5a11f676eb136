package fr.pennylanesync.camel;

import fr.pennylanesync.plan.SyncRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code company-schedule:}, the start of the job that syncs companies: an exchange for a company whenever its own
 * Quartz job fires. The jobs of the companies live in a scheduler of their own, which nodes can share; see package
 * {@code schedule}.
 */
public final class CompanySchedule extends DefaultComponent {

    private volatile Optional<DefaultConsumer> consumer = Optional.empty();

    /**
     * Begins the sync of a company and returns when it has ended; where no job takes companies at the moment, the next
     * firing comes.
     *
     * @param leaseWait how long to wait for another process that reads the company
     */
    public void fire(long companyId, SyncRequest syncRequest, Duration leaseWait) {
        consumer.filter(DefaultConsumer::isRunAllowed).ifPresent(job -> fire(job, companyId, syncRequest, leaseWait));
    }

    private static void fire(DefaultConsumer job, long companyId, SyncRequest syncRequest, Duration leaseWait) {
        Exchange exchange = job.createExchange(true);
        exchange.setVariable(Variables.COMPANY_ID, companyId);
        exchange.setVariable(Variables.STREAMS, List.of());
        exchange.setVariable(Variables.SYNC_REQUEST, syncRequest);
        exchange.setVariable(Variables.LEASE_WAIT, leaseWait);
        try {
            job.getProcessor().process(exchange);
        } catch (Exception unexpected) {
            exchange.setException(unexpected);
        }
        if (exchange.getException() != null) {
            throw new IllegalStateException("the job has no policy for its failures", exchange.getException());
        }
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException("a schedule is no place to send to");
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new DefaultConsumer(this, processor) {
                    @Override
                    protected void doStart() throws Exception {
                        super.doStart();
                        consumer = Optional.of(this);
                    }
                };
            }
        };
    }
}
