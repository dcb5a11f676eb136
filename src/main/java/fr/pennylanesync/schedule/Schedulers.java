package fr.pennylanesync.schedule;

import java.time.Duration;
import java.util.Properties;
import java.util.function.LongConsumer;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;

/** Makes the scheduler of the companies' jobs. */
public final class Schedulers {

    private static final Duration LATE_AFTER = Duration.ofMinutes(1);

    private Schedulers() {}

    /**
     * In memory, for one node.
     *
     * @param node a name that no other scheduler of this JVM has
     * @param threads companies that are synced at the same time
     * @param sync syncs a company
     * @param shortestInterval a run that is half of it late, or a minute, counts as missed and is made up for once
     */
    public static Scheduler inMemory(String node, int threads, LongConsumer sync, Duration shortestInterval) {
        Properties properties = common(node, threads, shortestInterval);
        properties.setProperty("org.quartz.scheduler.instanceName", "companies-" + node);
        return make(properties, sync);
    }

    private static Properties common(String node, int threads, Duration shortestInterval) {
        Duration late = shortestInterval.dividedBy(2).compareTo(LATE_AFTER) < 0 ? shortestInterval.dividedBy(2) : LATE_AFTER;
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceId", node);
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(threads));
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", "company");
        properties.setProperty("org.quartz.jobStore.misfireThreshold", Long.toString(late.toMillis()));
        return properties;
    }

    private static Scheduler make(Properties properties, LongConsumer sync) {
        try {
            StdSchedulerFactory factory = new StdSchedulerFactory();
            factory.initialize(properties);
            Scheduler scheduler = factory.getScheduler();
            scheduler.setJobFactory((bundle, owner) -> new CompanyJob(sync));
            return scheduler;
        } catch (SchedulerException unreachable) {
            throw new ScheduleUnavailable(unreachable);
        }
    }
}
