package fr.pennylanesync.api;

import fr.pennylanesync.api.budget.DelayedExecutor;
import fr.pennylanesync.api.budget.NanoClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only when the next event is run: hours of waiting take milliseconds, the same way every time. */
public final class VirtualTime implements NanoClock, DelayedExecutor {

    private record TimedEvent(long atNanos, long number, Runnable task) {}

    private final PriorityQueue<TimedEvent> events =
            new PriorityQueue<>(Comparator.comparingLong(TimedEvent::atNanos).thenComparingLong(TimedEvent::number));
    private long nowNanos;
    private long scheduled;

    @Override
    public long nanos() {
        return nowNanos;
    }

    @Override
    public void after(Duration wait, Runnable task) {
        events.add(new TimedEvent(nowNanos + Math.max(0, wait.toNanos()), scheduled++, task));
    }

    public void runFor(Duration time) {
        long end = nowNanos + time.toNanos();
        while (!events.isEmpty() && events.peek().atNanos() <= end) {
            TimedEvent event = events.poll();
            nowNanos = event.atNanos();
            event.task().run();
        }
        nowNanos = end;
    }
}
