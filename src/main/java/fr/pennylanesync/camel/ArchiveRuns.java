package fr.pennylanesync.camel;

import fr.pennylanesync.lease.Lease;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.outage.Outages.Part;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.camel.Exchange;

/**
 * Knows which companies' files, or exports, are being archived by this process, over all sets of routes: never one
 * company twice at a time, since the routes of two sets, or a job and a command, would fetch the same files. Each run
 * works under the company's lease.
 */
final class ArchiveRuns {

    private static final EventLog LOG = EventLog.of(ArchiveRuns.class);

    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private final LongFunction<Optional<Lease>> leases;
    private final Outages outages;
    private final String work;
    private volatile boolean stopped;

    /**
     * One run over the files of one company: the lease that it works under, and when it makes room for others.
     *
     * @param endsAtNanos as {@link System#nanoTime} tells it; empty: when no file is due any more
     */
    record ArchiveRun(long companyId, Lease lease, OptionalLong endsAtNanos) {

        boolean isOver() {
            return endsAtNanos.isPresent() && System.nanoTime() - endsAtNanos.getAsLong() >= 0;
        }
    }

    /**
     * @param leases gives the right to read a company, unless another process has it
     * @param work names the runs in the log
     */
    ArchiveRuns(LongFunction<Optional<Lease>> leases, Outages outages, String work) {
        this.leases = leases;
        this.outages = outages;
        this.work = work;
    }

    /** Begins a run under the company's lease, unless another run or another process has the company. */
    void begin(Exchange exchange) {
        long companyId = Variables.companyId(exchange);
        if (stopped || !running.add(companyId)) {
            return;
        }
        Optional<Lease> lease = leased(companyId);
        lease.ifPresent(held -> exchange.setVariable(Variables.ARCHIVE_RUN,
                new ArchiveRun(companyId, held, endOf(exchange))));
        if (lease.isEmpty() && !outages.isAway(Part.WAREHOUSE)) {
            LOG.log(new SyncEvent.CompanyBusy(companyId, work));
        }
    }

    private Optional<Lease> leased(long companyId) {
        Optional<Lease> lease = Optional.empty();
        try {
            lease = leases.apply(companyId);
            return lease;
        } finally {
            if (lease.isEmpty()) {
                running.remove(companyId);
            }
        }
    }

    private static OptionalLong endOf(Exchange exchange) {
        Long seconds = exchange.getVariable(Variables.RUN_SECONDS, Long.class);
        return seconds == null ? OptionalLong.empty()
                : OptionalLong.of(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    }

    /** Ends the run, where one began, and gives the company's lease back. */
    void end(Exchange exchange) {
        ArchiveRun run = Variables.archiveRun(exchange);
        if (run != null) {
            exchange.removeVariable(Variables.ARCHIVE_RUN);
            running.remove(run.companyId());
            run.lease().close();
        }
    }

    /** From now on nothing begins, and what is under way ends with its batch. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }
}
