package fr.pennylanesync.archive;

import java.util.concurrent.atomic.AtomicReference;

/** Files that are archived together: once one of them fails for a reason that is not its own, the others are left. */
public class FileBatch {

    private final AtomicReference<Exception> broken = new AtomicReference<>();

    /**
     * Keeps the first failure that is no file's own: the archive or the warehouse is away, so the rest of the batch is
     * left.
     */
    public final void keepFailure(Exception failure) {
        broken.compareAndSet(null, failure);
    }

    public final boolean isBroken() {
        return broken.get() != null;
    }

    /** Begins anew: nothing has failed. */
    final void mend() {
        broken.set(null);
    }

    /** @throws Exception what {@link #keepFailure} was given; the batch is then to be begun again */
    final void requireWhole() throws Exception {
        Exception failure = broken.get();
        if (failure != null) {
            throw failure;
        }
    }
}
