package fr.pennylanesync.runtime;

import fr.pennylanesync.failure.FatalErrors;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for work and passes on what it threw. */
final class Futures {

    private Futures() {}

    static void await(Future<?> work) {
        try {
            work.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            FatalErrors.rethrow(failed);
            if (failed.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
