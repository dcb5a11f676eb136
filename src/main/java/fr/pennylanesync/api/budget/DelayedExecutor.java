package fr.pennylanesync.api.budget;

import fr.pennylanesync.failure.FatalErrors;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs something later, on a thread of its own choice. Tests bring a virtual one. */
@FunctionalInterface
public interface DelayedExecutor {

    void after(Duration wait, Runnable task);

    /** One daemon thread that serves any number of budgets. */
    static DelayedExecutor onDaemonThread(String threadName) {
        ScheduledThreadPoolExecutor executor = FatalErrors.scheduler(1, threadName);
        return (wait, task) -> executor.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
