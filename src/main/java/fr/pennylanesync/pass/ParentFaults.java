package fr.pennylanesync.pass;

import fr.pennylanesync.failure.SyncException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the parents whose sub-lists make the server fail. After each failure the server is asked for the sub-list of
 * nobody, and only where it answers that does the failure count; one that counts twice in a row is the parent's.
 */
final class ParentFaults {

    private final Map<Long, String> faulty = new LinkedHashMap<>();
    private String failure = "";
    private boolean probing;
    private boolean failedBefore;

    /** Takes a failure that repeats. */
    void failed(SyncException with) {
        failure = with.code().name();
        probing = true;
    }

    /** Tells whether the server is to be asked for the sub-list of nobody. */
    boolean isProbing() {
        return probing;
    }

    /**
     * The server answers.
     *
     * @return whether the failure is this parent's; else its sub-list is asked for once more
     */
    boolean blames(long parent) {
        probing = false;
        boolean again = failedBefore;
        failedBefore = !again;
        if (again) {
            faulty.put(parent, failure);
        }
        return again;
    }

    /** The sub-list was read to its end. */
    void answered() {
        failedBefore = false;
    }

    /** Returns the parents at fault, each with the code of its failure. */
    Map<Long, String> faulty() {
        return faulty;
    }

    /** Begins anew. */
    void forget() {
        faulty.clear();
        probing = false;
        failedBefore = false;
    }
}
