package fr.pennylanesync.archive;

import fr.pennylanesync.privacy.ArchiveEvent;
import fr.pennylanesync.privacy.EventLog;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Archives beside the syncs: a company with files that are due gets a run of its own, never two at a time. The job
 * {@code archive-files} gives it its ticks. What keeps files from starving the records is the priority of their requests.
 */
public final class ArchiveSchedule implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(ArchiveSchedule.class);
    private static final int STOP_SECONDS_MAX = 30;

    private final Supplier<List<Long>> companies;
    private final PendingFiles files;
    private final LongConsumer archive;
    private final ExecutorService workers;
    private final Set<Long> running = ConcurrentHashMap.newKeySet();

    /**
     * @param companies the active ones
     * @param archive archives one company's due files and returns when none is left
     * @param parallelCompanies runs at the same time
     */
    public ArchiveSchedule(Supplier<List<Long>> companies, PendingFiles files, LongConsumer archive, int parallelCompanies) {
        this.companies = companies;
        this.files = files;
        this.archive = archive;
        this.workers = Executors.newFixedThreadPool(parallelCompanies);
    }

    /** Starts what is due; called by the job, one call at a time. */
    public void tick() {
        Set<Long> due = files.dueCompanies();
        for (long company : companies.get()) {
            if (due.contains(company) && !workers.isShutdown() && running.add(company)) {
                workers.submit(() -> run(company));
            }
        }
    }

    /** Begins no run any more; those under way go on. */
    public void pause() {
        workers.shutdown();
    }

    private void run(long company) {
        try {
            archive.accept(company);
        } catch (RuntimeException fault) {
            LOG.log(new ArchiveEvent.ArchiveFailed(company), fault);
        } finally {
            running.remove(company);
        }
    }

    /** Waits for the runs under way; what they have not recorded stays pending. */
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
