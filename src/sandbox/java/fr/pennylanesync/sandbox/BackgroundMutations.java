package fr.pennylanesync.sandbox;

import fr.pennylanesync.concurrent.DaemonThreads;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SandboxEvent;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes mutations at a steady rate until closed. */
final class BackgroundMutations implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(BackgroundMutations.class);

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("sandbox-mutations"));

    private BackgroundMutations() {}

    static BackgroundMutations start(int perMinute, Runnable mutation) {
        BackgroundMutations background = new BackgroundMutations();
        long periodNanos = TimeUnit.MINUTES.toNanos(1) / perMinute;
        background.executor.scheduleAtFixedRate(() -> background.run(mutation), periodNanos, periodNanos,
                TimeUnit.NANOSECONDS);
        return background;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** A fault of the sandbox itself ends the mutations: what it serves would no longer hold together. */
    private void run(Runnable mutation) {
        try {
            mutation.run();
        } catch (RuntimeException broken) {
            LOG.log(new SandboxEvent.SandboxMutationsStopped(broken.getClass().getName()), broken);
            throw broken;
        }
    }
}
