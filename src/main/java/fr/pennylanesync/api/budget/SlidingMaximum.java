package fr.pennylanesync.api.budget;

import java.util.ArrayDeque;
import java.util.Deque;

/** The largest of the values offered during the last moments; 0 when there was none. */
final class SlidingMaximum {

    private record Offer(int value, long untilNanos) {}

    private final Deque<Offer> offers = new ArrayDeque<>();

    void offer(int value, long untilNanos) {
        while (!offers.isEmpty() && offers.getLast().value() <= value) {
            offers.removeLast();
        }
        offers.addLast(new Offer(value, untilNanos));
    }

    int value(long nowNanos) {
        forgetOld(nowNanos);
        return offers.isEmpty() ? 0 : offers.getFirst().value();
    }

    /** Returns when the value falls next; {@link Long#MAX_VALUE} when it cannot fall. */
    long fallsAtNanos(long nowNanos) {
        forgetOld(nowNanos);
        return offers.isEmpty() ? Long.MAX_VALUE : offers.getFirst().untilNanos();
    }

    private void forgetOld(long nowNanos) {
        while (!offers.isEmpty() && offers.getFirst().untilNanos() <= nowNanos) {
            offers.removeFirst();
        }
    }
}
