package fr.pennylanesync.camel;

import fr.pennylanesync.lease.Lease;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which companies' files are being archived by this process, over all sets of routes: never one company twice at
 * a time, since the routes of two sets, or a job and a command, would fetch the same files.
 */
final class ArchiveRuns {

    /**
     * One run over the files of one company: the lease that it works under, and when it makes room for others.
     *
     * @param endsAtNanos as {@link System#nanoTime} tells it; empty: when no file is due any more
     */
    record Run(long companyId, Lease lease, OptionalLong endsAtNanos) {

        boolean isOver() {
            return endsAtNanos.isPresent() && System.nanoTime() - endsAtNanos.getAsLong() >= 0;
        }
    }

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
