package fr.pennylanesync.api.budget;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps who waits for a request, in the order in which they are served: by priority, first come first served within
 * one, and every tenth permit goes to whoever has waited longest, so that no class starves.
 *
 * <p>Not safe for several threads: {@link RateBudget} holds its lock around every call.
 */
final class PermitQueue {

    static final int SHARE_OF_THE_OLDEST = 10;

    record Waiter(long number, Priority priority, CompletableFuture<Permit> permit) {}

    private final Map<Priority, Deque<Waiter>> classes = new EnumMap<>(Priority.class);
    private long arrivals;
    private long served;

    PermitQueue() {
        for (Priority priority : Priority.values()) {
            classes.put(priority, new ArrayDeque<>());
        }
    }

    CompletableFuture<Permit> add(Priority priority) {
        CompletableFuture<Permit> permit = new CompletableFuture<>();
        classes.get(priority).addLast(new Waiter(arrivals++, priority, permit));
        return permit;
    }

    /** The one to serve next; those that gave up are forgotten on the way. */
    Optional<Waiter> next() {
        List<Waiter> heads = heads();
        boolean oldestFirst = served % SHARE_OF_THE_OLDEST == SHARE_OF_THE_OLDEST - 1;
        return oldestFirst ? heads.stream().min(Comparator.comparingLong(Waiter::number)) : heads.stream().findFirst();
    }

    void serve(Waiter waiter) {
        classes.get(waiter.priority()).removeFirst();
        served++;
    }

    /** Counts those that wait. Those that gave up count until they come to the front of their class. */
    int size() {
        return classes.values().stream().mapToInt(Deque::size).sum();
    }

    private List<Waiter> heads() {
        List<Waiter> heads = new ArrayList<>();
        for (Deque<Waiter> waiters : classes.values()) {
            while (!waiters.isEmpty() && waiters.getFirst().permit().isDone()) {
                waiters.removeFirst();
            }
            if (!waiters.isEmpty()) {
                heads.add(waiters.getFirst());
            }
        }
        return heads;
    }
}
