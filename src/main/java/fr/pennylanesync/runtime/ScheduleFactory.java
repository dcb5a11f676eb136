package fr.pennylanesync.runtime;

import fr.pennylanesync.camel.CompanySchedule;
import fr.pennylanesync.schedule.CompanyJobs;
import fr.pennylanesync.schedule.ScheduleWatch;
import fr.pennylanesync.schedule.Schedulers;
import fr.pennylanesync.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongConsumer;
import org.quartz.Scheduler;

/** Makes the schedule of the companies: in memory for one node, in the warehouse for a cluster. */
final class ScheduleFactory {

    private static final int CONNECTIONS = 3;

    private ScheduleFactory() {}

    /** @param jobs is told of each company whose sync is due */
    static Schedule schedule(RuntimeResources resources, CompanySchedule jobs) {
        ScheduleWatch watch = new ScheduleWatch(InstantSource.system(), System::nanoTime);
        Scheduler scheduler = scheduler(resources, companyId -> {
            watch.fired();
            fire(resources, jobs, companyId);
        });
        Settings.Sync sync = resources.settings().sync();
        return new Schedule(resources.companies(), scheduler, new CompanyJobs(scheduler,
                company -> sync.cadenceOf(company.alias()), resources.runs(), Clock.systemUTC()), watch);
    }

    private static void fire(RuntimeResources resources, CompanySchedule jobs, long companyId) {
        resources.companies().directory().active().stream().filter(company -> company.id() == companyId).findFirst()
                .ifPresent(company -> jobs.fire(company.id(), SyncRequests.due(resources.settings().sync()),
                        RuntimeResources.JOB_LEASE_WAIT));
    }

    private static Scheduler scheduler(RuntimeResources resources, LongConsumer sync) {
        Settings settings = resources.settings();
        int threads = settings.sync().parallelCompanies();
        Duration shortest = settings.sync().shortestInterval();
        return settings.quartz().cluster()
                ? Schedulers.inWarehouse(resources.node(), threads, sync, shortest,
                        resources.warehouse().ownPool("schedule", CONNECTIONS), settings.quartz().checkInInterval())
                : Schedulers.inMemory(resources.node(), threads, sync, shortest);
    }
}
