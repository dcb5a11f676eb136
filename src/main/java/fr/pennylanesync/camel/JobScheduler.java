package fr.pennylanesync.camel;

import java.util.Map;
import java.util.UUID;

/**
 * The scheduler of camel-quartz: for the routes of {@code routes/jobs/}, in memory, on every node. It holds nothing
 * that outlives its routes, so a route that is exchanged or removed leaves no trigger behind.
 */
final class JobScheduler {

    private static final String QUARTZ = "camel.component.quartz.properties[org.quartz.";

    private JobScheduler() {}

    /** Under a name of its own: schedulers of one name in one JVM would be one scheduler. */
    static Map<String, String> properties() {
        return Map.of(
                QUARTZ + "scheduler.instanceName]", "jobs-" + UUID.randomUUID(),
                QUARTZ + "scheduler.skipUpdateCheck]", "true",
                QUARTZ + "threadPool.class]", "org.quartz.simpl.SimpleThreadPool",
                QUARTZ + "threadPool.threadCount]", "3",
                QUARTZ + "threadPool.threadNamePrefix]", "job",
                QUARTZ + "threadPool.makeThreadsDaemons]", "true",
                QUARTZ + "jobStore.class]", "org.quartz.simpl.RAMJobStore",
                QUARTZ + "jobStore.misfireThreshold]", "1000");
    }
}
