package fr.pennylanesync.api;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.TransportFailures;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecRuntime;

/**
 * Ends requests whose total time is over. The client's own timeouts only bound the silence between two packets: a
 * server that drips its headers or its body a byte at a time would hold a connection for ever.
 */
final class TotalTimeLimit implements AutoCloseable {

    private static final long AGAIN_AFTER_MS = 1_000;

    private final ScheduledThreadPoolExecutor timer = FatalErrors.scheduler(1, "pennylane-total-time");
    private final long totalMs;

    TotalTimeLimit(Duration total) {
        this.totalMs = total.toMillis();
        timer.setRemoveOnCancelPolicy(true);
    }

    Watch watch(ExecRuntime request) {
        return new Watch(request);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One request under watch, until it is finished. */
    final class Watch {

        private final ExecRuntime request;
        private final ScheduledFuture<?> future;
        private volatile boolean over;
        private volatile boolean answered;

        private Watch(ExecRuntime request) {
            this.request = request;
            // Repeated, because the first time may fall between two connections of the request.
            this.future = timer.scheduleWithFixedDelay(this::end, totalMs, AGAIN_AFTER_MS, TimeUnit.MILLISECONDS);
        }

        /** Names a request that broke: cut off by this limit, or broken by itself. */
        SyncException failure(IOException broken, String path) {
            return over
                    ? FailureFacts.at(path).failure(ApiErrorCode.TIME_EXCEEDED)
                    : TransportFailures.of(broken, path);
        }

        /** The answer's head is here: from now on the request holds one connection until it is finished. */
        void answered() {
            answered = true;
        }

        void finish() {
            future.cancel(false);
        }

        private void end() {
            over = true;
            boolean lastTime = answered;
            request.discardEndpoint();
            if (lastTime) {
                finish();
            }
        }
    }
}
