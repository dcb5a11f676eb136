package fr.pennylanesync.sandbox.mutation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What mutations of one company remember for later ones: what they removed and may restore, which lettering they undid.
 */
final class RemovedRecords {

    private static final int MOST = 200;

    private final Deque<List<RemovedRecord<?>>> removals = new ArrayDeque<>();
    private final Deque<long[]> undoneLetterings = new ArrayDeque<>();

    void rememberRemoval(List<RemovedRecord<?>> removal) {
        keep(removals, List.copyOf(removal));
    }

    void rememberLettering(long[] lines) {
        keep(undoneLetterings, lines);
    }

    /** The latest removal, forgotten thereby; null for none. */
    List<RemovedRecord<?>> takeRemoval() {
        return removals.pollLast();
    }

    /** The oldest undone lettering, forgotten thereby; null for none. */
    long[] takeLettering() {
        return undoneLetterings.pollFirst();
    }

    /** Forgets all removals: what they refer to may be gone. */
    void forgetRemovals() {
        removals.clear();
    }

    private static <T> void keep(Deque<T> deque, T item) {
        if (deque.size() == MOST) {
            deque.removeFirst();
        }
        deque.addLast(item);
    }
}
