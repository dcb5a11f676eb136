package fr.pennylanesync.verification;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what another thread does, and fails as it failed. */
final class FutureResult {

    private FutureResult() {}

    static <T> T of(Future<T> running) {
        try {
            return running.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the verification was interrupted");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            if (failed.getCause() instanceof Error fatal) {
                throw fatal;
            }
            throw new IllegalStateException("a verification throws nothing else", failed.getCause());
        }
    }
}
