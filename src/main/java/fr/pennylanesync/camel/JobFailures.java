package fr.pennylanesync.camel;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.RouteEvent;
import fr.pennylanesync.outage.Outages;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Says that a job fails, and that it works again: once each, however often its time comes. Camel finds it in the
 * registry and lets it watch every job. Safe for threads.
 */
public final class JobFailures implements RoutePolicyFactory {

    private static final EventLog LOG = EventLog.of(JobFailures.class);
    private static final String BEGAN = "jobBeganNanos";
    private static final long NO_COMPANY = 0;

    /** Names what fails by itself: a job, and the company that it works for. */
    private record Work(String job, long companyId) {}

    /** Says how it fails, and since when. */
    private record JobFault(String code, long sinceNanos, long lastNanos) {}

    private final Outages outages;
    private final Map<Work, JobFault> faults = new ConcurrentHashMap<>();

    /** @param outages what these have said is not said again, job by job */
    public JobFailures(Outages outages) {
        this.outages = outages;
    }

    public void failed(Exchange exchange) {
        Failure failure = Failure.handled(exchange);
        if (failure.isToldBy(outages)) {
            return;
        }
        String job = exchange.getFromRouteId();
        long now = System.nanoTime();
        Work work = new Work(job, companyId(exchange));
        JobFault before = faults.get(work);
        boolean known = before != null && before.code().equals(failure.code());
        faults.put(work, new JobFault(failure.code(), before == null ? now : before.sinceNanos(), now));
        if (!known) {
            LOG.log(new RouteEvent.JobFailed(job, failure.code(), failure.message()));
        }
    }

    private static long companyId(Exchange exchange) {
        Long companyId = exchange.getVariable(Variables.COMPANY_ID, Long.class);
        return companyId == null ? NO_COMPANY : companyId;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String job, NamedNode route) {
        return new JobWatch();
    }

    private void ended(String job, long companyId, long beganNanos) {
        faults.forEach((work, fault) -> {
            boolean concerned =
                    work.job().equals(job) && (companyId == NO_COMPANY || work.companyId() == companyId);
            if (concerned && fault.lastNanos() - beganNanos < 0 && faults.remove(work, fault)) {
                LOG.log(new RouteEvent.JobWorksAgain(job,
                        Duration.ofNanos(System.nanoTime() - fault.sinceNanos()).toSeconds()));
            }
        });
    }

    /** Sees each run of a job begin and end. */
    private final class JobWatch extends RoutePolicySupport {

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            exchange.setProperty(BEGAN, System.nanoTime());
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            ended(route.getRouteId(), companyId(exchange), exchange.getProperty(BEGAN, Long.class));
        }
    }
}
