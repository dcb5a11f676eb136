package fr.pennylanesync.cli;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process when the Java machine fails: without memory or stack nothing can be promised, and a process that
 * stays without doing its work is the worst of all. Any other error that nobody caught is written to the log.
 */
final class UncaughtErrors implements Thread.UncaughtExceptionHandler {

    private static final EventLog LOG = EventLog.of(UncaughtErrors.class);
    private static final long LOG_MS_MAX = 2_000;

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal) {
            end(fatal);
        } else {
            LOG.log(new ProcessEvent.ThreadFailed(), thrown);
        }
    }

    /** Neither a log that hangs nor one that has no memory to write keeps the process. */
    private static void end(VirtualMachineError fatal) {
        try {
            System.err.println("The Java machine failed (" + fatal + "): the process ends with "
                    + PennylaneSync.MACHINE_FAILED + " and is to be started again. If it repeats, raise -Xmx.");
            Thread writer = new Thread(() -> LOG.log(new ProcessEvent.MachineFailed(fatal.getClass().getName())));
            writer.setDaemon(true);
            writer.start();
            TimeUnit.MILLISECONDS.timedJoin(writer, LOG_MS_MAX);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(PennylaneSync.MACHINE_FAILED);
        }
    }
}
