package fr.pennylanesync.cli;

import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.verification.VerificationProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far a verification is, on standard error: on a terminal in one line of at most 80 columns that is written
 * over, else in a line now and then.
 */
final class VerifyProgress implements AutoCloseable {

    private static final int COLUMNS = 79;
    private static final int REDRAW_MILLIS = 500;
    private static final int LINE_EVERY_MILLIS = 10_000;

    private final VerificationProgress progress;
    private final boolean terminal;
    private final long beganAt = System.nanoTime();
    private final ScheduledExecutorService clock = FatalErrors.scheduler(1, "progress");

    private VerifyProgress(VerificationProgress progress, boolean terminal) {
        this.progress = progress;
        this.terminal = terminal;
    }

    static VerifyProgress start(VerificationProgress progress) {
        VerifyProgress shown = new VerifyProgress(progress, System.console() != null);
        int every = shown.terminal ? REDRAW_MILLIS : LINE_EVERY_MILLIS;
        shown.clock.scheduleWithFixedDelay(shown::show, every, every, TimeUnit.MILLISECONDS);
        return shown;
    }

    private void show() {
        String line = line(progress, Duration.ofNanos(System.nanoTime() - beganAt));
        if (terminal) {
            System.err.print("\r" + line);
            System.err.flush();
        } else {
            System.err.println(line.stripTrailing());
        }
    }

    /** One line of a fixed width: a longer one before it leaves nothing behind. */
    static String line(VerificationProgress progress, Duration elapsed) {
        String line = String.format(Locale.ROOT, "verify: %,d of %,d streams, %,d rows, %,d rows/s, %,d differences",
                progress.ended(), progress.streams(), progress.rows(),
                progress.rows() * 1000 / Math.max(1, elapsed.toMillis()), progress.differences());
        return String.format(Locale.ROOT, "%-" + COLUMNS + "." + COLUMNS + "s", line);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        if (terminal) {
            System.err.print("\r" + " ".repeat(COLUMNS) + "\r");
            System.err.flush();
        }
    }
}
