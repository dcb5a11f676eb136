package fr.pennylanesync.schedule;

import com.zaxxer.hikari.HikariDataSource;
import fr.pennylanesync.failure.SyncException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.LongConsumer;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.utils.DBConnectionManager;

/** Makes the scheduler of the companies' jobs. */
public final class Schedulers {

    private static final String STORE = "org.quartz.jobStore.";
    private static final Duration LOOK_FOR_OTHERS_WORK = Duration.ofSeconds(5);
    private static final Duration LATE_AFTER = Duration.ofMinutes(1);

    private Schedulers() {}

    /**
     * Makes a scheduler in memory, for one node.
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

    /**
     * Makes a scheduler in the warehouse, shared by the nodes of a cluster: what one of them began and did not end is
     * begun again by another.
     *
     * @param connections closed with the scheduler
     * @param checkIn how often a node says that it lives
     */
    public static Scheduler inWarehouse(String node, int threads, LongConsumer sync, Duration shortestInterval,
            HikariDataSource connections, Duration checkIn) {
        DBConnectionManager.getInstance().addConnectionProvider(node, new PooledConnections(connections));
        Properties properties = common(node, threads, shortestInterval);
        properties.setProperty("org.quartz.scheduler.instanceName", "pennylane-sync");
        properties.setProperty("org.quartz.scheduler.idleWaitTime", Long.toString(LOOK_FOR_OTHERS_WORK.toMillis()));
        properties.setProperty(STORE + "class", JobStoreTX.class.getName());
        properties.setProperty(STORE + "driverDelegateClass", PostgreSQLDelegate.class.getName());
        properties.setProperty(STORE + "tablePrefix", "pennylane_sync.qrtz_");
        properties.setProperty(STORE + "dataSource", node);
        properties.setProperty(STORE + "useProperties", "true");
        properties.setProperty(STORE + "isClustered", "true");
        properties.setProperty(STORE + "clusterCheckinInterval", Long.toString(checkIn.toMillis()));
        return make(properties, sync);
    }

    private static Properties common(String node, int threads, Duration shortestInterval) {
        Duration half = shortestInterval.dividedBy(2);
        Duration late = half.compareTo(LATE_AFTER) < 0 ? half : LATE_AFTER;
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceId", node);
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(threads));
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", "company");
        properties.setProperty(STORE + "misfireThreshold", Long.toString(late.toMillis()));
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
            throw new SyncException(ScheduleErrorCode.SCHEDULE_UNAVAILABLE, "", unreachable);
        }
    }
}
