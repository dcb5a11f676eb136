package fr.pennylanesync.api.page;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that answers may take while they are parsed, all together. A parsed answer takes up to thirty times its
 * bytes ({@code [[],[],…]}), a usual one about five times. So each answer reserves what its bytes can become before the
 * parser sees them, and one that needs too much is a failure with a name instead of the end of the process.
 */
public final class ParseMemory {

    private static final int HEAP_PER_CAPACITY = 4;
    /** Leaves to most answers what they need without asking: no answer can keep the usual ones waiting. */
    private static final int FREE_PART = 32;
    private static final int STEP_BYTES = 1 << 20;
    /** Two that wait for each other's memory give way after this, and are read again. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    static final ParseMemory OF_THIS_MACHINE = ofThisMachine(PATIENCE);

    private final long capacityBytes;
    private final Duration patience;
    private final Semaphore steps;

    ParseMemory(long capacityBytes, Duration patience) {
        this.capacityBytes = capacityBytes;
        this.patience = patience;
        this.steps = new Semaphore((int) Math.min(Integer.MAX_VALUE, capacityBytes / STEP_BYTES), true);
    }

    /** A quarter of the heap: what is parsed has to be landed too. */
    static ParseMemory ofThisMachine(Duration patience) {
        return new ParseMemory(Runtime.getRuntime().maxMemory() / HEAP_PER_CAPACITY, patience);
    }

    /** Begins the reservation of one answer. */
    ParseReservation reserve(String path) {
        return new ParseReservation(path);
    }

    /** Holds what one answer has reserved. */
    final class ParseReservation implements AutoCloseable {

        private final String path;
        private long neededBytes;
        private long reservedBytes = capacityBytes / FREE_PART;
        private int taken;

        private ParseReservation(String path) {
            this.path = path;
        }

        /**
         * Reserves what these bytes can become.
         *
         * @throws fr.pennylanesync.failure.SyncException if there is not that much for one answer, or not now
         */
        void add(byte[] buffer, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                neededBytes += JsonWeight.of(buffer[i]);
            }
            if (neededBytes > capacityBytes) {
                throw FailureFacts.at(path).number("heap bytes at least", HEAP_PER_CAPACITY * neededBytes)
                        .failure(ApiErrorCode.MEMORY_EXCEEDED);
            }
            while (neededBytes > reservedBytes) {
                take();
            }
        }

        private void take() {
            try {
                if (!steps.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw FailureFacts.at(path).failure(ApiErrorCode.MEMORY_BUSY);
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw FailureFacts.at(path).failure(ApiErrorCode.INTERRUPTED);
            }
            taken++;
            reservedBytes += STEP_BYTES;
        }

        /** Gives everything back; again, it does nothing. */
        @Override
        public void close() {
            steps.release(taken);
            taken = 0;
        }
    }
}
