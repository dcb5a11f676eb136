package fr.pennylanesync.api.budget;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The request budget of one token, shared by everything that reads its company.
 *
 * <p>Three conditions must hold before a request goes out, and each answers for one thing:
 *
 * <ul> <li>the {@link RequestWindow} has room: no window at the server can hold more than the limit, whatever the
 * jitter; <li>the pacing bucket has its token: requests go out evenly instead of in bursts, a little faster than the
 * budget, and what a moment without any request left over is caught up at once; <li>the {@link ServerThrottle} allows
 * it: no pause after a 429 is running, and nobody else uses the token. </ul>
 */
public final class RateBudget {

    private static final double PACE_AHEAD = 0.92;
    /** A fifth of a window: a second of the documented budget. */
    private static final int SHARE_CAUGHT_UP = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final BudgetSettings settings;
    private final NanoClock clock;
    private final DelayedExecutor delayedExecutor;
    private final PermitQueue queue = new PermitQueue();
    private final RequestWindow log;
    private final Bucket pacing;
    private final ServerThrottle throttle;
    private long alarmAtNanos = Long.MAX_VALUE;

    public RateBudget(BudgetSettings settings, NanoClock clock, DelayedExecutor delayedExecutor,
            RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.delayedExecutor = delayedExecutor;
        this.log = new RequestWindow(settings.window());
        this.pacing = pacing(settings, clock);
        this.throttle = new ServerThrottle(settings, clock.nanos(), random);
    }

    /**
     * Waits for the right to send one request.
     *
     * @param longestWait how long to wait at most
     * @throws SyncException BUDGET_WAIT_EXCEEDED when the wait or the queue is too long, INTERRUPTED when the thread is
     */
    public Permit acquire(Priority priority, Duration longestWait) {
        CompletableFuture<Permit> permit = request(priority);
        try {
            return permit.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            return lastChance(permit).orElseThrow(() -> failure(ApiErrorCode.BUDGET_WAIT_EXCEEDED));
        } catch (InterruptedException stopping) {
            lastChance(permit).ifPresent(Permit::close);
            Thread.currentThread().interrupt();
            throw failure(ApiErrorCode.INTERRUPTED);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a permit is never refused", impossible);
        }
    }

    /** Lets nothing out for a while: somebody else may have used the token up to now. */
    public void pause(Duration duration) {
        locked(() -> {
            throttle.pause(clock.nanos() + duration.toNanos());
            return true;
        });
    }

    /** Requests that may stand in the server's window now. */
    public int used() {
        return locked(() -> log.count(clock.nanos()));
    }

    /** Share of the configured budget in use, 0 to 1. */
    public double utilisation() {
        return (double) used() / settings.requests();
    }

    /** Requests that wait for their turn. */
    public int waiting() {
        return locked(queue::size);
    }

    /** The right to send, as soon as it is due; cancelling gives the place up. */
    public CompletableFuture<Permit> request(Priority priority) {
        return locked(() -> {
            if (queue.size() >= settings.largestQueue()) {
                throw failure(ApiErrorCode.BUDGET_WAIT_EXCEEDED);
            }
            CompletableFuture<Permit> permit = queue.add(priority);
            serve();
            return permit;
        });
    }

    private void serve() {
        Optional<PermitQueue.Waiter> next = queue.next();
        while (next.isPresent()) {
            long now = clock.nanos();
            long dueNanos = dueAtNanos(now);
            if (dueNanos > now) {
                wakeAt(dueNanos, now);
                return;
            }
            grant(next.get(), now);
            next = queue.next();
        }
    }

    private long dueAtNanos(long now) {
        long room = log.roomAtNanos(throttle.allowed(now), now);
        if (room > now) {
            room = Math.min(room, throttle.risesAtNanos(now));
        }
        long paced = now + pacing.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return Math.max(Math.max(room, paced), throttle.pausedUntilNanos());
    }

    private void grant(PermitQueue.Waiter waiter, long now) {
        queue.serve(waiter);
        RequestWindow.CountedRequest entry = log.sent(now);
        boolean wanted = waiter.permit().complete(new Granted(entry));
        if (wanted) {
            pacing.tryConsume(1);
        } else {
            log.withdraw(entry);
        }
    }

    private void wakeAt(long dueNanos, long now) {
        boolean wakesInTime = alarmAtNanos <= dueNanos;
        if (dueNanos == Long.MAX_VALUE || wakesInTime) {
            return;
        }
        alarmAtNanos = dueNanos;
        delayedExecutor.after(Duration.ofNanos(dueNanos - now), () -> locked(this::wake));
    }

    private boolean wake() {
        alarmAtNanos = Long.MAX_VALUE;
        serve();
        return true;
    }

    private boolean conclude(RequestWindow.CountedRequest entry, Optional<Integer> status, RateHeaders headers) {
        long now = clock.nanos();
        if (log.isOpen(entry)) {
            status.ifPresentOrElse(code -> learn(entry, code, headers, now), () -> log.lost(entry, now));
            log.forgetOld(now);
            serve();
        }
        return true;
    }

    private void learn(RequestWindow.CountedRequest entry, int status, RateHeaders headers, long now) {
        log.answered(entry, now);
        if (status == 429) {
            log.refused(now);
            throttle.refused(headers, now);
        } else {
            throttle.learn(headers, log.countedWith(entry), now);
        }
    }

    private static Optional<Permit> lastChance(CompletableFuture<Permit> permit) {
        return permit.cancel(false) ? Optional.empty() : Optional.of(permit.join());
    }

    private static Bucket pacing(BudgetSettings settings, NanoClock clock) {
        Duration refill = Duration.ofNanos((long) (settings.window().toNanos() * PACE_AHEAD));
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(Math.max(1, settings.requests() / SHARE_CAUGHT_UP))
                        .refillGreedy(settings.requests(), refill).initialTokens(1))
                .withCustomTimePrecision(meter(clock))
                .build();
    }

    private static TimeMeter meter(NanoClock clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return clock.nanos();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }

    private static SyncException failure(ErrorCode code) {
        return FailureFacts.at("budget").failure(code);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private final class Granted implements Permit {

        private final RequestWindow.CountedRequest entry;

        private Granted(RequestWindow.CountedRequest entry) {
            this.entry = entry;
        }

        @Override
        public void answered(int status, RateHeaders headers) {
            locked(() -> conclude(entry, Optional.of(status), headers));
        }

        @Override
        public void close() {
            locked(() -> conclude(entry, Optional.empty(), RateHeaders.NONE));
        }
    }
}
