package fr.pennylanesync.terminal;

import fr.pennylanesync.failure.FatalErrors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Shows how far something is: one line drawn again and again on a terminal, elsewhere a line now and then. */
public final class ProgressDisplay implements AutoCloseable {

    private static final long DRAW_MILLIS = 500;
    private static final long LINE_MILLIS = 10_000;

    private final Screen screen;
    private final IntFunction<String> text;
    private final ScheduledExecutorService clock = FatalErrors.scheduler(1, "progress");
    private boolean closed;

    private ProgressDisplay(Screen screen, IntFunction<String> text) {
        this.screen = screen;
        this.text = text;
    }

    /** Shows nothing. */
    public static ProgressDisplay none(Screen screen) {
        return new ProgressDisplay(screen, columns -> "");
    }

    private ProgressDisplay begin() {
        long pause = screen.terminal().isSmart() ? DRAW_MILLIS : LINE_MILLIS;
        clock.scheduleWithFixedDelay(this::update, pause, pause, TimeUnit.MILLISECONDS);
        return this;
    }

    /** @param text makes the line, which is to fit into so many columns */
    public static ProgressDisplay start(Screen screen, IntFunction<String> text) {
        return new ProgressDisplay(screen, text).begin();
    }

    private synchronized void update() {
        if (closed) {
            return;
        }
        String line = text.apply(screen.terminal().columns() - 1);
        if (screen.terminal().isSmart()) {
            screen.draw(line);
        } else {
            screen.line(line);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        clock.shutdownNow();
        screen.clear();
    }
}
