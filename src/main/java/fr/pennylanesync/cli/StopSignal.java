package fr.pennylanesync.cli;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The request to end, by Ctrl-C or a service manager: the process then stays until everything is closed. */
final class StopSignal implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(StopSignal.class);
    /**
     * Bounds the closing. What stays open after this is left to the next start: a service manager would kill the
     * process soon.
     */
    private static final int CLOSE_SECONDS_MAX = 75;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** From now on the process ends only when this is closed. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::hold, "stop"));
    }

    private void hold() {
        asked.countDown();
        try {
            if (!closed.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.log(new ProcessEvent.StopGivenUp(CLOSE_SECONDS_MAX,
                        "nothing is lost: the next start goes on from the checkpoints"));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells whether somebody asked for the end. */
    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Returns when somebody asks for the end. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Lets the process go: nothing is left to be closed. */
    @Override
    public void close() {
        closed.countDown();
    }
}
