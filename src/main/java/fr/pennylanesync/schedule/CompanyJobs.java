package fr.pennylanesync.schedule;

import static org.quartz.JobBuilder.newJob;
import static org.quartz.TriggerBuilder.newTrigger;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ScheduleEvent;
import fr.pennylanesync.settings.Cadence;
import fr.pennylanesync.token.Company;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/** Keeps one Quartz job for each company that may be read, and none for the others. Several nodes may do so at once. */
public final class CompanyJobs {

    private static final EventLog LOG = EventLog.of(CompanyJobs.class);
    private static final String CATCH_UP = "catch-up";
    private static final String HASTENED = "hastened";

    private final Scheduler scheduler;
    private final Function<Company, Cadence> cadences;
    private final CompanyRuns runs;
    private final Clock clock;
    private volatile Map<TriggerKey, Timetable> planned = Map.of();
    private volatile Optional<Instant> lastBegun = Optional.empty();

    public CompanyJobs(Scheduler scheduler, Function<Company, Cadence> cadences, CompanyRuns runs, Clock clock) {
        this.scheduler = scheduler;
        this.cadences = cadences;
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * Schedules who appeared or came back, with a sync at once if one was missed; schedules anew whose cadence changed;
     * unschedules who is paused, refused or gone. A sync under way goes on.
     *
     * @param active the companies that may be read
     * @throws SchedulerException if the job store cannot be reached; the next call does what is left
     */
    public void align(Collection<Company> active) throws SchedulerException {
        Map<JobKey, Timetable> wanted = active.stream()
                .map(company -> new Timetable(company.id(), cadences.apply(company)))
                .collect(Collectors.toMap(Timetable::job, Function.identity()));
        planned = wanted.values().stream().collect(Collectors.toMap(Timetable::key, Function.identity()));
        Set<JobKey> jobs = scheduler.getJobKeys(GroupMatcher.jobGroupEquals(Timetable.GROUP));
        for (JobKey job : jobs) {
            if (!wanted.containsKey(job)) {
                // Not deleteJob: it fails where a trigger ends, or another node deletes, at the same time. A job
                // without triggers is no more.
                scheduler.unscheduleJobs(scheduler.getTriggersOfJob(job).stream().map(Trigger::getKey).toList());
                LOG.log(new ScheduleEvent.CompanyUnscheduled(Long.parseLong(job.getName())));
            }
        }
        Set<TriggerKey> triggers = scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals(Timetable.GROUP));
        Set<Timetable> missing = wanted.values().stream().filter(timetable -> !triggers.contains(timetable.key()))
                .collect(Collectors.toCollection(HashSet::new));
        if (!missing.isEmpty()) {
            schedule(missing, jobs);
        }
    }

    /** Gives every company a sync at once, after the one under way. */
    public void hasten() throws SchedulerException {
        for (JobKey job : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(Timetable.GROUP))) {
            hasten(job);
        }
    }

    /**
     * Gives one company a sync at once, after the one under way.
     *
     * @return whether it has a job: one that may not be read has none
     */
    public boolean hasten(long companyId) throws SchedulerException {
        JobKey job = JobKey.jobKey(Long.toString(companyId), Timetable.GROUP);
        if (!scheduler.checkExists(job)) {
            return false;
        }
        hasten(job);
        return true;
    }

    private void hasten(JobKey job) throws SchedulerException {
        try {
            scheduler.scheduleJob(
                    newTrigger().withIdentity(job.getName(), HASTENED).forJob(job).startNow().build());
        } catch (ObjectAlreadyExistsException byAnotherNode) {
            LOG.log(new ScheduleEvent.CompanyHastenedElsewhere(Long.parseLong(job.getName())));
        }
    }

    /** Moves triggers that lie further ahead than their cadence allows to where they belong. */
    public void replan() throws SchedulerException {
        Instant now = clock.instant();
        for (Timetable timetable : planned.values()) {
            Trigger trigger = scheduler.getTrigger(timetable.key());
            if (trigger != null) {
                Replanning.replan(scheduler, trigger, timetable.trigger(now));
            }
        }
        Replanning.wake(scheduler);
    }

    /** Returns the shortest time from one sync of a company to its next; empty if there is no company. */
    public Optional<Duration> period() {
        Instant now = clock.instant();
        return planned.values().stream().map(timetable -> timetable.period(now)).min(Duration::compareTo);
    }

    /**
     * Tells whether a sync is under way, or was begun since the last question. The table is asked as well: in a cluster
     * it may be another node that syncs.
     */
    public boolean works() throws SchedulerException {
        Optional<Instant> before = lastBegun;
        lastBegun = runs.lastBegun();
        boolean begun = !lastBegun.equals(before);
        return begun || !scheduler.getCurrentlyExecutingJobs().isEmpty() || isBlocked();
    }

    /** Tells whether the job of any company is under way on any node that lives. */
    private boolean isBlocked() throws SchedulerException {
        for (TriggerKey key : planned.keySet()) {
            if (scheduler.getTriggerState(key) == TriggerState.BLOCKED) {
                return true;
            }
        }
        return false;
    }

    private void schedule(Set<Timetable> missing, Set<JobKey> jobs) throws SchedulerException {
        Map<Long, CompanyRun> last = runs.all();
        for (Timetable timetable : missing) {
            try {
                if (jobs.contains(timetable.job())) {
                    reschedule(timetable);
                } else {
                    begin(timetable, Optional.ofNullable(last.get(timetable.companyId())));
                }
                LOG.log(new ScheduleEvent.CompanyScheduled(timetable.companyId(), timetable.key().getName()));
            } catch (ObjectAlreadyExistsException byAnotherNode) {
                LOG.log(new ScheduleEvent.CompanyScheduledElsewhere(timetable.companyId()));
            }
        }
    }

    private void begin(Timetable timetable, Optional<CompanyRun> last) throws SchedulerException {
        Instant now = clock.instant();
        JobDetail job = newJob(CompanyJob.class).withIdentity(timetable.job()).requestRecovery().build();
        scheduler.scheduleJob(job, timetable.trigger(now));
        if (timetable.isDue(last, now)) {
            TriggerKey atOnce = TriggerKey.triggerKey(timetable.job().getName(), CATCH_UP);
            scheduler.scheduleJob(newTrigger().withIdentity(atOnce).forJob(job).startNow().build());
        }
    }

    private void reschedule(Timetable timetable) throws SchedulerException {
        scheduler.scheduleJob(timetable.trigger(clock.instant()));
        for (Trigger trigger : scheduler.getTriggersOfJob(timetable.job())) {
            if (trigger.getKey().getGroup().equals(Timetable.GROUP) && !trigger.getKey().equals(timetable.key())) {
                scheduler.unscheduleJob(trigger.getKey());
            }
        }
    }
}
