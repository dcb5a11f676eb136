package fr.pennylanesync.camel;

import fr.pennylanesync.lease.Lease;
import java.util.OptionalLong;

/**
 * One run over the files of one company: the lease that it works under, and when it makes room for others.
 *
 * @param endsAtNanos as {@link System#nanoTime} tells it; empty: when no file is due any more
 */
record ArchiveRun(long companyId, Lease lease, OptionalLong endsAtNanos) {

    boolean isOver() {
        return endsAtNanos.isPresent() && System.nanoTime() - endsAtNanos.getAsLong() >= 0;
    }
}
