package fr.pennylanesync.runtime;

import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ScheduleEvent;
import fr.pennylanesync.schedule.CompanyJobs;
import fr.pennylanesync.schedule.ScheduleErrorCode;
import fr.pennylanesync.schedule.ScheduleWatch;
import fr.pennylanesync.token.Company;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** The companies' jobs of this process, kept in line with its companies. The job {@code refresh-companies} calls it. */
public final class Schedule {

    private static final EventLog LOG = EventLog.of(Schedule.class);
    private static final long POLL_MS = 50;

    private final OpenCompanies companies;
    private final Scheduler scheduler;
    private final CompanyJobs jobs;
    private final ScheduleWatch watch;

    Schedule(OpenCompanies companies, Scheduler scheduler, CompanyJobs jobs, ScheduleWatch watch) {
        this.companies = companies;
        this.scheduler = scheduler;
        this.jobs = jobs;
        this.watch = watch;
    }

    /** Reads the token directory again and schedules who appeared, unschedules who paused or went. */
    public void refresh() {
        companies.refresh();
        align();
    }

    /** @param otherJobs brings the jobs that are no company's back after a leap of the clock */
    void start(Action otherJobs) {
        align();
        attempt(scheduler::start);
        watch.start(new ScheduleWatch.Watched() {
            @Override
            public void replan() throws SchedulerException {
                jobs.replan();
                otherJobs.run();
            }

            @Override
            public Optional<Duration> period() {
                return jobs.period();
            }

            @Override
            public boolean works() throws SchedulerException {
                return jobs.works();
            }
        });
    }

    /** Tells whether no company's job has fired for too long. */
    boolean isStalled() {
        return watch.isStalled();
    }

    /** Schedules who may be read now, and nobody else. */
    void align() {
        CompanyDirectory directory = companies.directory();
        attempt(() -> jobs.align(directory.companies().stream().filter(Company::active).toList()));
    }

    /** Makes every company due at once: the routes have changed. */
    void hasten() {
        attempt(jobs::hasten);
    }

    /**
     * Makes one company due at once.
     *
     * @return whether it is scheduled at all
     */
    boolean hasten(long companyId) {
        AtomicBoolean scheduled = new AtomicBoolean();
        attempt(() -> scheduled.set(jobs.hasten(companyId)));
        return scheduled.get();
    }

    /** No sync begins any more. */
    void pause() {
        watch.close();
        quietly(scheduler::standby);
    }

    /** Waits for the syncs under way, which the engine ends; interrupts them once the time is over. */
    void stop(Duration limit) {
        quietly(() -> {
            if (!awaitIdle(limit)) {
                for (JobExecutionContext running : scheduler.getCurrentlyExecutingJobs()) {
                    LOG.log(new ScheduleEvent.SyncAbandoned(Long.parseLong(running.getJobDetail().getKey().getName())));
                    scheduler.interrupt(running.getFireInstanceId());
                }
                awaitIdle(limit);
            }
            scheduler.shutdown(false);
        });
    }

    private boolean awaitIdle(Duration limit) throws SchedulerException {
        long giveUpAtNanos = System.nanoTime() + limit.toNanos();
        List<JobExecutionContext> running = scheduler.getCurrentlyExecutingJobs();
        while (!running.isEmpty() && System.nanoTime() < giveUpAtNanos && pause(POLL_MS)) {
            running = scheduler.getCurrentlyExecutingJobs();
        }
        return running.isEmpty();
    }

    private static boolean pause(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Something that needs a scheduler. */
    interface Action {
        void run() throws SchedulerException;
    }

    private static void attempt(Action action) {
        try {
            action.run();
        } catch (SchedulerException unreachable) {
            throw new SyncException(ScheduleErrorCode.SCHEDULE_UNAVAILABLE, "", unreachable);
        }
    }

    /** A scheduler that cannot be reached any more must not keep the rest from closing. */
    private static void quietly(Action action) {
        try {
            action.run();
        } catch (SchedulerException failed) {
            LOG.log(new ScheduleEvent.SchedulerNotStopped(failed.getClass().getName()));
        }
    }
}
