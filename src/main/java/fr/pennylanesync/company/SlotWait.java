package fr.pennylanesync.company;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a slot of a token's request budget that others use: a question to {@code /me} that is answered 429 is asked
 * again, with growing pauses, for a bounded time.
 *
 * @param limit how long one question is asked again; zero: not at all
 * @param told what is called when the waiting for a token begins
 */
public record SlotWait(Duration limit, Runnable told) {

    /** For a process that asks again by itself. */
    public static final SlotWait NONE = new SlotWait(Duration.ZERO, () -> {});

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** For a person who waits for the answer. */
    public static SlotWait telling(Runnable told) {
        return new SlotWait(Duration.ofMinutes(1), told);
    }

    /** One question's waiting; not for several threads. */
    Turn turn() {
        return new Turn();
    }

    final class Turn {

        private final long giveUpAtNanos = System.nanoTime() + limit.toNanos();
        private Duration pause = FIRST_PAUSE;
        private boolean begun;

        /** @return whether to ask again now; false once the time is over, or the thread is interrupted */
        boolean again() {
            if (System.nanoTime() + pause.toNanos() > giveUpAtNanos) {
                return false;
            }
            if (!begun) {
                begun = true;
                told.run();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
            return true;
        }
    }
}
