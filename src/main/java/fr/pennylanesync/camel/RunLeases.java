package fr.pennylanesync.camel;

import fr.pennylanesync.lease.Lease;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.outage.Outages.Part;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.camel.Exchange;

/** Takes the lease of the company that a run of the archive is about to work for, and gives it back. */
final class RunLeases {

    private static final EventLog LOG = EventLog.of(RunLeases.class);

    private final ArchiveRuns runs;
    private final LongFunction<Optional<Lease>> leases;
    private final Outages outages;
    private final String work;

    /**
     * @param leases gives the right to read a company, unless another process has it
     * @param work names the run in the log
     */
    RunLeases(ArchiveRuns runs, LongFunction<Optional<Lease>> leases, Outages outages, String work) {
        this.runs = runs;
        this.leases = leases;
        this.outages = outages;
        this.work = work;
    }

    /** Takes the company's lease, unless another run or another process has the company. */
    void take(Exchange exchange) {
        long companyId = Variables.companyId(exchange);
        if (!runs.begin(companyId)) {
            return;
        }
        Optional<Lease> lease = leased(companyId);
        lease.ifPresent(held -> exchange.setVariable(Variables.RUN, new ArchiveRun(companyId, held, end(exchange))));
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
                runs.end(companyId);
            }
        }
    }

    private static OptionalLong end(Exchange exchange) {
        Long seconds = exchange.getVariable(Variables.RUN_SECONDS, Long.class);
        return seconds == null ? OptionalLong.empty()
                : OptionalLong.of(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    }

    /** Gives the company's lease back, where it was had. */
    void release(Exchange exchange) {
        ArchiveRun run = Variables.run(exchange);
        if (run != null) {
            exchange.removeVariable(Variables.RUN);
            runs.end(run.companyId());
            run.lease().close();
        }
    }
}
