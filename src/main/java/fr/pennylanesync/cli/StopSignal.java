package fr.pennylanesync.cli;

import java.util.concurrent.CountDownLatch;

/** The request to end, by Ctrl-C or a service manager: the process then stays until everything is closed. */
final class StopSignal implements AutoCloseable {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** From now on the process ends only when this is closed. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::hold, "stop"));
    }

    private void hold() {
        asked.countDown();
        try {
            closed.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
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
