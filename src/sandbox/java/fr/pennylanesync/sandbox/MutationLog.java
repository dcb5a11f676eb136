package fr.pennylanesync.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The mutations made so far, the last 200 000 of them. */
final class MutationLog {

    private static final int CAPACITY = 200_000;

    private final Deque<Mutation> mutations = new ArrayDeque<>();

    synchronized void add(Mutation mutation) {
        if (mutations.size() == CAPACITY) {
            mutations.removeFirst();
        }
        mutations.addLast(mutation);
    }

    /** The mutations, oldest first. */
    synchronized List<Mutation> all() {
        return List.copyOf(mutations);
    }
}
