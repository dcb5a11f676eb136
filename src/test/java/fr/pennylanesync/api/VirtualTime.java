package fr.pennylanesync.api;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only when the next event is run: hours of waiting take milliseconds, the same way every time. */
final class VirtualTime implements NanoClock, Alarm {

    private record Event(long atNanos, long number, Runnable task) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number));
    private long nowNanos;
    private long scheduled;

    @Override
    public long nanos() {
        return nowNanos;
    }

    @Override
    public void after(Duration wait, Runnable task) {
        events.add(new Event(nowNanos + Math.max(0, wait.toNanos()), scheduled++, task));
    }

    void runFor(Duration time) {
        long end = nowNanos + time.toNanos();
        while (!events.isEmpty() && events.peek().atNanos() <= end) {
            Event event = events.poll();
            nowNanos = event.atNanos();
            event.task().run();
        }
        nowNanos = end;
    }
}
