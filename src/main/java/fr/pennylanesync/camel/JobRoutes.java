package fr.pennylanesync.camel;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.RouteEvent;
import fr.pennylanesync.reload.RouteChanges;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteText;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.schedule.Replanning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.Registry;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/**
 * The jobs: routes that start by themselves, in one context that lives as long as the process, because the scheduler
 * does. A job that changes is exchanged alone; a policy that changes is exchanged with all of them.
 */
final class JobRoutes implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(JobRoutes.class);
    private static final int STOP_SECONDS_MAX = 30;
    /**
     * Is short, because what a job has handed on goes on in the set of routes where it is, whatever becomes of the job.
     */
    private static final int HANDED_ON_SECONDS_MAX = 1;
    /** A job at work keeps its thread, and none may wait for another's: there are seven of ours, and room for more. */
    private static final int THREADS = 16;
    private static final String HANDS_ON = "uri: direct:";
    private static final String JOBS = "jobs";
    private static final String POLICIES = "policies";

    private static final String QUARTZ = "camel.component.quartz.properties[org.quartz.";

    private final Main main;
    private final Set<String> schemes;
    private RouteSnapshot running;

    /**
     * Says how the scheduler of the jobs is made: in memory, on every node, so that it holds nothing that outlives its
     * routes, and under a name of its own, since schedulers of one name in one JVM would be one scheduler.
     */
    static Map<String, String> scheduler() {
        return Map.of(
                QUARTZ + "scheduler.instanceName]", "jobs-" + UUID.randomUUID(),
                QUARTZ + "scheduler.skipUpdateCheck]", "true",
                QUARTZ + "threadPool.class]", "org.quartz.simpl.SimpleThreadPool",
                QUARTZ + "threadPool.threadCount]", Integer.toString(THREADS),
                QUARTZ + "threadPool.threadNamePrefix]", "job",
                QUARTZ + "threadPool.makeThreadsDaemons]", "true",
                QUARTZ + "jobStore.class]", "org.quartz.simpl.RAMJobStore",
                QUARTZ + "jobStore.misfireThreshold]", "1000");
    }

    /** @param main with what the jobs call bound */
    JobRoutes(Main main, RouteVersion version) {
        RouteSnapshot files = version.files();
        this.schemes = version.schemes();
        this.main = main;
        this.running = files;
        CamelContexts.start(main, Stream.concat(files.in(POLICIES).stream(), files.in(JOBS).stream()).toList());
    }

    /**
     * Starts changed jobs without letting any of them begin.
     *
     * @throws fr.pennylanesync.stream.RoutesException if one cannot be started
     */
    void rehearse(RouteSnapshot next) {
        RouteChanges changes = next.since(running);
        if (!changes.touches(JOBS) && !changes.touches(POLICIES)) {
            return;
        }
        List<RouteText> routes = Stream.concat(next.in(POLICIES).stream(), next.in(JOBS).stream()).toList();
        try (DefaultCamelContext scratch =
                new DefaultCamelContext(new SharedBeans(main.getCamelContext().getRegistry()))) {
            GuardedResolvers.guard(scratch, schemes);
            scratch.disableJMX();
            scratch.setAutoStartup(false);
            scratch.addComponent("quartz", idleScheduler());
            scratch.addComponent("company-schedule", new CompanySchedule());
            scratch.addComponent("direct", new ForwardedDirect((name, exchange) -> {}));
            scratch.getPropertiesComponent().setInitialProperties(initialProperties());
            CamelContexts.load(scratch, routes);
            scratch.start();
        } catch (Exception refused) {
            throw RouteStartFault.refusal(refused, routes);
        }
    }

    private Properties initialProperties() {
        Properties properties = new Properties();
        properties.putAll(main.getCamelContext().getPropertiesComponent().loadProperties());
        return properties;
    }

    /** A scheduler of its own: one with the running one's name would be the running one. */
    private static QuartzComponent idleScheduler() {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "rehearsal-" + System.nanoTime());
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty("org.quartz.scheduler.jmx.export", "false");
        QuartzComponent quartz = new QuartzComponent();
        quartz.setProperties(properties);
        quartz.setAutoStartScheduler(false);
        return quartz;
    }

    /** Exchanges what differs. A job that is at work is waited for, up to {@value #STOP_SECONDS_MAX} s. */
    void exchange(RouteSnapshot next) {
        RouteChanges changes = next.since(running);
        boolean policies = changes.touches(POLICIES);
        running.in(JOBS).stream().filter(job -> policies || changes.touches(JOBS, job.id())).forEach(this::remove);
        if (policies) {
            List<RouteConfigurationDefinition> old = List.copyOf(model().getRouteConfigurationDefinitions());
            old.forEach(this::remove);
            CamelContexts.load(context(), next.in(POLICIES));
        }
        CamelContexts.load(context(), next.in(JOBS).stream()
                .filter(job -> policies || changes.touches(JOBS, job.id())).toList());
        running = next;
    }

    /** Brings the jobs back that a leap of the wall clock has left further ahead than their schedule allows. */
    void replan(Instant now) throws SchedulerException {
        Scheduler scheduler = context().getComponent("quartz", QuartzComponent.class).getScheduler();
        if (scheduler != null) {
            Replanning.crons(scheduler, now);
        }
    }

    private void remove(RouteText job) {
        try {
            RouteDefinition definition = model().getRouteDefinition(job.id());
            String endpoint = context().getRoute(job.id()).getEndpoint().getEndpointUri();
            context().getRouteController().stopRoute(job.id(),
                    job.content().contains(HANDS_ON) ? HANDED_ON_SECONDS_MAX : STOP_SECONDS_MAX,
                    TimeUnit.SECONDS);
            context().removeRoute(job.id());
            model().removeRouteDefinition(definition);
            // A scheduled endpoint that stays would be found again and not scheduled.
            context().removeEndpoints(endpoint);
        } catch (Exception stuck) {
            LOG.log(new RouteEvent.JobNotRemoved(job.id(), stuck.getClass().getName()));
        }
    }

    private void remove(RouteConfigurationDefinition policy) {
        try {
            model().removeRouteConfiguration(policy);
        } catch (Exception stuck) {
            LOG.log(new RouteEvent.PolicyNotRemoved(policy.getId(), stuck.getClass().getName()));
        }
    }

    private CamelContext context() {
        return main.getCamelContext();
    }

    private ModelCamelContext model() {
        return (ModelCamelContext) main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
    }

    /** A view of another context's beans: closing the context that looks through it leaves them alone. */
    private record SharedBeans(Registry registry) implements BeanRepository {

        @Override
        public Object lookupByName(String name) {
            return registry.lookupByName(name);
        }

        @Override
        public <T> T lookupByNameAndType(String name, Class<T> type) {
            return registry.lookupByNameAndType(name, type);
        }

        @Override
        public <T> Map<String, T> findByTypeWithName(Class<T> type) {
            return registry.findByTypeWithName(type);
        }

        @Override
        public <T> Set<T> findByType(Class<T> type) {
            return registry.findByType(type);
        }
    }
}
