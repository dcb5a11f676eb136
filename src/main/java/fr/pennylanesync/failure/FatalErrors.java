package fr.pennylanesync.failure;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/**
 * Tells of errors of the Java machine itself. One without memory or stack can promise nothing, so such an error is
 * neither tried again nor recorded as somebody's failure: it reaches the handler of uncaught errors, which ends the
 * process, from wherever libraries would have swallowed it.
 */
public final class FatalErrors {

    private FatalErrors() {}

    /**
     * Lets an error of the machine go on its way.
     *
     * @throws VirtualMachineError if there is one among the causes
     */
    public static void rethrow(Throwable caught) {
        for (Throwable cause = caught; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError fatal) {
                throw fatal;
            }
        }
    }

    /** Hands an error of the machine to the handler of uncaught errors, as if nobody had caught it. */
    public static void report(Throwable caught) {
        try {
            rethrow(caught);
        } catch (VirtualMachineError fatal) {
            uncaught(fatal);
        }
    }

    private static void uncaught(Throwable thrown) {
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (handler != null) {
            handler.uncaughtException(Thread.currentThread(), thrown);
        }
    }

    /** Makes an executor for work at a later time, with daemon threads: a plain one keeps what its work throws. */
    public static ScheduledThreadPoolExecutor scheduler(int threads, String name) {
        return new ReportingScheduler(threads, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private static final class ReportingScheduler extends ScheduledThreadPoolExecutor {

        private ReportingScheduler(int threads, ThreadFactory factory) {
            super(threads, factory);
        }

        @Override
        protected void afterExecute(Runnable work, Throwable thrown) {
            super.afterExecute(work, thrown);
            if (work instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
                reportFailure(future);
            }
        }

        private static void reportFailure(Future<?> done) {
            try {
                done.get();
            } catch (ExecutionException failed) {
                uncaught(failed.getCause());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
