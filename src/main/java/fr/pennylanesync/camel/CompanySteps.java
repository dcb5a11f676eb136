package fr.pennylanesync.camel;

import fr.pennylanesync.audit.BooksAudit;
import fr.pennylanesync.audit.RereadAudit;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.lease.CompanyLeases;
import fr.pennylanesync.lease.Lease;
import fr.pennylanesync.lease.LeaseErrorCode;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.outage.Outages.Part;
import fr.pennylanesync.plan.CompanyPlan;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.schedule.CompanyRuns;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.token.Company;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.camel.Exchange;

/**
 * Gives the route {@code sync-company} its steps: the lease, the confirmation by {@code /me}, what is read in which
 * round, how it ended.
 */
public final class CompanySteps {

    /**
     * Names what the steps work with.
     *
     * @param stopping set once nothing is to be begun any more
     * @param books tries the rules of the books
     * @param rereads reads records again
     */
    public record Parts(CompanyDirectory companies, CompanyLeases leases, CompanyRuns runs, CompanyPlan.Parts plan,
            AtomicBoolean stopping, Outages outages, Function<StreamCatalog, BooksAudit> books,
            Function<StreamCatalog, RereadAudit> rereads) {}

    private final Parts parts;
    private final StreamCatalog catalog;

    /** Makes the steps for the set of routes whose streams the catalogue has. */
    CompanySteps(Parts parts, StreamCatalog catalog) {
        this.parts = parts;
        this.catalog = catalog;
    }

    /**
     * Takes the right to read the company, unless another process keeps it for longer than the caller waits, or nothing
     * is to be begun any more.
     */
    public void acquireLease(Exchange exchange) {
        long companyId = Variables.companyId(exchange);
        Optional<Lease> lease = parts.leases().acquire(companyId, Variables.leaseWait(exchange));
        if (parts.stopping().get()) {
            lease.ifPresent(Lease::close);
            return;
        }
        if (lease.isEmpty()) {
            notLeased(companyId);
        }
        exchange.setVariable(Variables.LEASE, lease.orElse(null));
    }

    private void notLeased(long companyId) {
        if (parts.outages().isAway(Part.WAREHOUSE)) {
            parts.plan().progress().waits(companyId, Progress.COMPANY,
                    new SyncException(LeaseErrorCode.COMPANY_LEASE_LOST).getMessage());
        } else {
            parts.plan().progress().busy(companyId);
        }
    }

    /**
     * Asks {@code /me} whether the token still is the company's, and makes the plan by the scopes that it has now.
     *
     * @throws SyncException if it is not, or if nobody can say
     */
    public void confirm(Exchange exchange) {
        long companyId = Variables.companyId(exchange);
        parts.runs().begun(companyId);
        parts.plan().progress().companyStarted(companyId);
        parts.companies().verify(companyId);
        Company verified = parts.companies().company(companyId).orElseThrow();
        exchange.setVariable(Variables.COMPANY_PLAN,
                new CompanyPlan(parts.plan(), catalog, verified, Variables.streams(exchange),
                        Variables.syncRequest(exchange)));
    }

    /**
     * Asks {@code /me} whether the token still is the company's.
     *
     * @throws SyncException if it is not, or if nobody can say
     */
    public void verify(Exchange exchange) {
        parts.companies().verify(Variables.companyId(exchange));
    }

    /** Makes the sub-lists of all records due of child streams that are new. */
    public void introduceChildren(Exchange exchange) {
        Variables.companyPlan(exchange).introduceChildren();
    }

    /** Tells whether there is another round; there is none where other routes go on with what was broken off. */
    public boolean hasNext(Exchange exchange) {
        CompanyPlan plan = Variables.companyPlan(exchange);
        if (isWhole(exchange, parts.stopping())) {
            return plan.next();
        }
        plan.endRound();
        return false;
    }

    /** Tells whether the sync is carried through here: it is not being stopped, and no other routes go on with it. */
    static boolean isWhole(Exchange exchange, AtomicBoolean stopping) {
        return !stopping.get() && Variables.brokenOff(exchange).isEmpty();
    }

    /** The streams of the round. */
    public List<String> streams(Exchange exchange) {
        return Variables.companyPlan(exchange).streams();
    }

    /** Notes that the sync came to its end, whatever it achieved; one that was broken off has none. */
    public void end(Exchange exchange) {
        if (isWhole(exchange, parts.stopping())) {
            long companyId = Variables.companyId(exchange);
            parts.runs().ended(companyId, read(companyId), Optional.empty());
            parts.plan().progress().companyEnded(companyId);
        }
    }

    private List<String> read(long companyId) {
        return catalog.names().stream()
                .filter(name -> catalog.isRead(name, scope -> parts.companies().allows(companyId, scope))).toList();
    }

    /** Gives the lease back; without one there is nothing to do. */
    public void releaseLease(Exchange exchange) {
        Lease lease = exchange.getVariable(Variables.LEASE, Lease.class);
        if (lease != null) {
            lease.close();
        }
    }

    /** Records why the company's sync did not begin, or broke off as a whole. */
    public void failed(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Failure failure = Failure.of(caught);
        long companyId = Variables.companyId(exchange);
        if (failure.isToldBy(parts.outages())) {
            parts.plan().progress().waits(companyId, Progress.COMPANY, failure.message());
        } else {
            parts.plan().progress().failed(companyId, Progress.COMPANY, failure.code(), failure.message());
        }
        if (parts.outages().isAway(Part.WAREHOUSE)) {
            return;
        }
        if (caught instanceof SyncException) {
            parts.runs().ended(companyId, read(companyId), Optional.of(failure.code()));
        }
    }
}
