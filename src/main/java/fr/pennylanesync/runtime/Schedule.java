package fr.pennylanesync.runtime;

import fr.pennylanesync.company.Company;
import fr.pennylanesync.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which company is due and syncs it, never one company twice at a time. The job {@code sync-companies} gives it its ticks. A company
 * that appears is due at once; the others at their interval, spread by jitter.
 */
public final class Schedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final Duration REFRESH_EVERY = Duration.ofSeconds(10);
    private static final double JITTER = 0.1;
    private static final int STOP_SECONDS_MAX = 30;

    private final SyncRuntime runtime;
    private final Settings.Sync settings;
    private final ExecutorService workers;
    private final Map<Long, Long> dueNanos = new ConcurrentHashMap<>();
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private long refreshedNanos = System.nanoTime();

    Schedule(SyncRuntime runtime, Settings.Sync settings) {
        this.runtime = runtime;
        this.settings = settings;
        this.workers = Executors.newFixedThreadPool(settings.parallelCompanies());
    }

    /** Starts what is due; called by the job, one call at a time. */
    public void tick() {
        long now = System.nanoTime();
        if (now - refreshedNanos >= REFRESH_EVERY.toNanos()) {
            refreshedNanos = now;
            runtime.refreshCompanies();
        }
        for (Company company : runtime.companies().active()) {
            if (now >= dueNanos.getOrDefault(company.id(), now) && running.add(company.id())) {
                workers.submit(() -> sync(company));
            }
        }
    }

    private void sync(Company company) {
        try {
            runtime.sync(company, List.of(), Demands.due(settings));
        } catch (RuntimeException fault) {
            LOG.error("sync_failed company={}", company.id(), fault);
        } finally {
            double spread = 1 + JITTER * (ThreadLocalRandom.current().nextDouble() - 0.5);
            dueNanos.put(company.id(), System.nanoTime() + (long) (settings.interval().toNanos() * spread));
            running.remove(company.id());
        }
    }

    /** Waits for the syncs under way; their open batches are finished or given up by the engine's own stop. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            workers.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
