package fr.pennylanesync.schedule;

import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * Brings triggers back that a leap of the wall clock has left further ahead than their schedule allows. What is overdue
 * stays: Quartz makes up for it by itself.
 */
public final class Replanning {

    private static final Set<TriggerState> ALIVE = Set.of(TriggerState.NORMAL, TriggerState.BLOCKED);
    private static final String THREADS = "QuartzScheduler_";

    private Replanning() {}

    /** Replans all triggers of a scheduler that go by a cron expression. */
    public static void crons(Scheduler scheduler, Instant now) throws SchedulerException {
        for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
            if (scheduler.getTrigger(key) instanceof CronTrigger trigger) {
                replan(scheduler, trigger, trigger.getTriggerBuilder().startAt(Date.from(now)).build());
            }
        }
    }

    /** Replans one trigger if another with its key fires earlier. */
    static void replan(Scheduler scheduler, Trigger trigger, Trigger anew) throws SchedulerException {
        Date next = trigger.getNextFireTime();
        Date earlier = anew.getFireTimeAfter(new Date(anew.getStartTime().getTime() - 1));
        boolean late = next != null && earlier != null && next.after(earlier);
        if (late && ALIVE.contains(scheduler.getTriggerState(trigger.getKey()))) {
            scheduler.rescheduleJob(trigger.getKey(), anew);
        }
    }

    /**
     * Wakes what waits by the wall clock inside of a scheduler in the warehouse: the thread that says that this node
     * lives computes its pause from it, so it would be silent for as long as the clock went back, and the other nodes
     * would take this one for dead.
     */
    static void wake(Scheduler scheduler) throws SchedulerException {
        String own = THREADS + scheduler.getSchedulerName() + "-" + scheduler.getSchedulerInstanceId() + "_";
        Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith(own))
                .filter(thread -> thread.getName().endsWith("_ClusterManager")
                        || thread.getName().endsWith("_MisfireHandler"))
                .forEach(Thread::interrupt);
    }
}
