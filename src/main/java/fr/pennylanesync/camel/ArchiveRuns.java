package fr.pennylanesync.camel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which companies' files are being archived by this process, over all sets of routes: never one company twice at
 * a time, since the routes of two sets, or a job and a command, would fetch the same files.
 */
final class ArchiveRuns {

    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** @return whether the company may be archived now; then {@link #end} is to follow */
    boolean begin(long companyId) {
        return !stopped && running.add(companyId);
    }

    void end(long companyId) {
        running.remove(companyId);
    }

    /** From now on nothing begins, and what is under way ends with its batch. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }
}
