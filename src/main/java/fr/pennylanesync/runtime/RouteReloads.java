package fr.pennylanesync.runtime;

import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.Event;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.RouteEvent;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.reload.ReloadStore;
import fr.pennylanesync.reload.RouteWatch;
import fr.pennylanesync.stream.RouteErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Watches the routes directory on a thread of its own, and tells the warehouse how the routes stand. */
final class RouteReloads implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(RouteReloads.class);
    private static final Duration SAVED_EVERY = Duration.ofSeconds(30);
    private static final int STOP_SECONDS_MAX = 30;

    private final RouteWatch watch;
    private final GuardedReload reload;
    private final Runnable exchanged;
    private final ReloadStore store;
    private final String node;
    private final ScheduledExecutorService poller = FatalErrors.scheduler(1, "routes");
    private ReloadState saved;
    private long savedNanos;
    /** Holds what was told last, and has not succeeded since. */
    private Optional<Event> told = Optional.empty();

    /** @param exchanged is told when other routes are in force */
    RouteReloads(RouteWatch watch, GuardedReload reload, ReloadStore store, String node, Runnable exchanged) {
        this.watch = watch;
        this.reload = reload;
        this.store = store;
        this.node = node;
        this.exchanged = exchanged;
        long intervalMs = RouteWatch.INTERVAL.toMillis();
        poller.scheduleWithFixedDelay(this::poll, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    }

    private void poll() {
        try {
            watch.poll().ifPresent(files -> {
                if (reload.offer(files)) {
                    exchanged.run();
                }
            });
            reload.applyRules();
            save();
            told = Optional.empty();
        } catch (SyncException failure) {
            failed(failure);
        } catch (DataAccessException | TransactionException away) {
            tellOnce(new RouteEvent.ReloadStateNotSaved(away.getClass().getName()));
        } catch (RuntimeException fault) {
            // A poll that throws would be the last one.
            LOG.log(new RouteEvent.ReloadFailed(), fault);
        }
    }

    private void failed(SyncException failure) {
        if (failure.is(RouteErrorCode.RELOAD_POSTPONED)) {
            tellOnce(new RouteEvent.ReloadPostponed(failure.detail()));
            watch.forget();
            return;
        }
        if (failure.is(RouteErrorCode.RULES_POSTPONED)) {
            tellOnce(new RouteEvent.RulesPostponed(failure.detail()));
            return;
        }
        LOG.log(new RouteEvent.ReloadFailed(), failure);
    }

    private void tellOnce(Event event) {
        if (!told.equals(Optional.of(event))) {
            told = Optional.of(event);
            LOG.log(event);
        }
    }

    private void save() {
        ReloadState now = reload.state();
        long nanos = System.nanoTime();
        if (!now.equals(saved) || nanos - savedNanos > SAVED_EVERY.toNanos()) {
            savedNanos = nanos;
            store.save(node, now);
            saved = now;
        }
    }

    @Override
    public void close() {
        poller.shutdownNow();
        try {
            poller.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
