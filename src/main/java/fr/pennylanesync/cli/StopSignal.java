package fr.pennylanesync.cli;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import sun.misc.Signal;

/**
 * The request to end, by Ctrl-C, a service manager or a terminal that goes. The command closes everything and ends the
 * process itself; a second Ctrl-C ends it at once. The platform's own way, a hook at shutdown, could neither tell one
 * signal from another nor see a second one.
 */
final class StopSignal {

    private static final EventLog LOG = EventLog.of(StopSignal.class);
    private static final String INTERRUPT = "INT";
    private static final String HANG_UP = "HUP";
    private static final List<String> NAMES = List.of(INTERRUPT, "TERM", HANG_UP);
    private static final int SIGNALLED = 128;
    /** Bounds the closing of a command. */
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(20);
    /**
     * Bounds the closing of what runs as a service. What stays open after this is left to the next start: a service
     * manager would kill the process soon.
     */
    private static final Duration SERVICE_LIMIT = Duration.ofSeconds(75);

    /** The process has one, as signals are sent to a process. */
    static final StopSignal PROCESS = new StopSignal();

    private final AtomicReference<Signal> signal = new AtomicReference<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private Optional<Runnable> stopping = Optional.empty();
    private volatile Duration limit = COMMAND_LIMIT;

    private StopSignal() {}

    /** From now on a signal does not end the process by itself, unless it was ignored when the process started. */
    void listen() {
        NAMES.forEach(name -> Signal.handle(new Signal(name), this::received));
    }

    private void received(Signal received) {
        if (signal.compareAndSet(null, received)) {
            begin(received);
        } else if (received.getName().equals(INTERRUPT)) {
            Voice.current().say("Ended at once; the next start goes on from the checkpoints.");
            LOG.log(new ProcessEvent.StopForced(INTERRUPT));
            halt(received);
        }
    }

    /** Runs on a thread of its own, which the virtual machine makes for each signal. */
    private void begin(Signal received) {
        asked.countDown();
        Voice.current().say("Stopping after SIG" + received.getName() + "; Ctrl-C again ends at once.");
        LOG.log(new ProcessEvent.StopAsked(received.getName()));
        Thread watch = new Thread(() -> giveUp(received), "stop");
        watch.setDaemon(true);
        watch.start();
        work().ifPresent(Runnable::run);
    }

    private synchronized Optional<Runnable> work() {
        return stopping;
    }

    private void giveUp(Signal received) {
        try {
            TimeUnit.MILLISECONDS.sleep(limit.toMillis());
            LOG.log(new ProcessEvent.StopGivenUp(limit.toSeconds(),
                    "nothing is lost: the next start goes on from the checkpoints"));
            halt(received);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void halt(Signal received) {
        Runtime.getRuntime().halt(SIGNALLED + received.getNumber());
    }

    /** Names what brings the command's work to its end; it is run once somebody asks for that, or now. */
    void onStop(Runnable work) {
        synchronized (this) {
            stopping = Optional.of(work);
        }
        if (isAsked()) {
            work.run();
        }
    }

    /** Tells whether somebody asked for the end. */
    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** @throws SyncException COMMAND_STOPPED if somebody asked for the end */
    void refuseIfAsked() {
        if (isAsked()) {
            throw new SyncException(CommandErrorCode.COMMAND_STOPPED);
        }
    }

    /** From now on Ctrl-C is for a program that this one waits for. */
    void leaveInterrupts() {
        Signal.handle(new Signal(INTERRUPT), ignored -> {});
    }

    /** Gives the closing the time of a service. */
    void serve() {
        limit = SERVICE_LIMIT;
    }

    /** Waits that long, and tells whether somebody asked for the end meanwhile. */
    boolean isAskedWithin(Duration time) throws InterruptedException {
        return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns when somebody asks for the end. */
    void await() throws InterruptedException {
        asked.await();
    }

    /**
     * Returns what the process ends with: 128 and the number of the signal, as shells have it. A terminal that goes
     * ends a service in order, with what its command says.
     */
    int exitCode(int ofCommand) {
        Signal received = signal.get();
        boolean inOrder = received == null || received.getName().equals(HANG_UP) && ofCommand == 0;
        return inOrder ? ofCommand : SIGNALLED + received.getNumber();
    }
}
