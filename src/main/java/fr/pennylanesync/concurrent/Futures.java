package fr.pennylanesync.concurrent;

import fr.pennylanesync.failure.FatalErrors;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what other threads do, and fails as it failed. */
public final class Futures {

    private Futures() {}

    /**
     * Returns what the work came to.
     *
     * @throws CancellationException if the waiting is interrupted
     */
    public static <T> T result(Future<T> work) {
        try {
            return work.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the wait for another thread was interrupted");
        } catch (ExecutionException failed) {
            throw thrown(failed);
        }
    }

    /** Waits for the end of the work, or until the waiting is interrupted. */
    public static void await(Future<?> work) {
        try {
            work.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            throw thrown(failed);
        }
    }

    private static RuntimeException thrown(ExecutionException failed) {
        FatalErrors.rethrow(failed);
        if (failed.getCause() instanceof Error fault) {
            throw fault;
        }
        return failed.getCause() instanceof RuntimeException known ? known
                : new IllegalStateException(failed.getCause());
    }
}
