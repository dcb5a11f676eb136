package fr.pennylanesync.pass;

import fr.pennylanesync.failure.SyncException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the ids of a list whose records make the server fail. A list of ids that fails is halved until the id is alone;
 * one that fails alone twice is at fault. After each failure the server is asked for nothing at all, and only where it
 * answers that does the failure count: a server that is away is not taken for a bad record.
 */
final class FaultSearch {

    private final Deque<List<Long>> unread = new ArrayDeque<>();
    private final Map<Long, String> faulty = new LinkedHashMap<>();
    private final Set<Long> asked = new LinkedHashSet<>();
    private String failure = "";
    private boolean probing;
    private boolean failedAlone;

    /** Begins with all of them at once. */
    void begin(Collection<Long> ids) {
        unread.clear();
        unread.add(List.copyOf(ids));
        faulty.clear();
        asked.clear();
        probing = false;
        failedAlone = false;
    }

    /** Tells whether nothing is left to ask for. */
    boolean isDone() {
        return unread.isEmpty();
    }

    /** Tells whether the server is to be asked for nothing. */
    boolean isProbing() {
        return probing;
    }

    /** Returns what is to be asked for now. */
    List<Long> ids() {
        return unread.getFirst();
    }

    /** Takes a failure that repeats. */
    void failed(SyncException with) {
        failure = with.code().name();
        probing = true;
    }

    /**
     * Takes a failure that repeats, of an id that was asked for otherwise.
     */
    void failedAgain(long id, SyncException with) {
        unread.addFirst(List.of(id));
        failedAlone = true;
        failed(with);
    }

    /** The question was answered: of ids, or of nothing after a failure. */
    void answered() {
        List<Long> ids = unread.removeFirst();
        if (probing) {
            probing = false;
            blame(ids);
        } else {
            failedAlone = false;
            asked.addAll(ids);
        }
    }

    /** Returns the ids whose list was answered. */
    Set<Long> asked() {
        return asked;
    }

    private void blame(List<Long> ids) {
        if (ids.size() > 1) {
            int half = ids.size() / 2;
            unread.addFirst(ids.subList(half, ids.size()));
            unread.addFirst(ids.subList(0, half));
        } else if (!failedAlone) {
            failedAlone = true;
            unread.addFirst(ids);
        } else {
            failedAlone = false;
            faulty.put(ids.get(0), failure);
            if (faulty.size() >= AnswerFaults.PER_BATCH_MAX) {
                // What was not asked for stays due.
                unread.clear();
            }
        }
    }

    /** Returns the ids at fault, each with the code of its failure. */
    Map<Long, String> faulty() {
        return faulty;
    }
}
