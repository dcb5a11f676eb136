package fr.pennylanesync.runtime;

import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.company.Company;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.pass.Demand;
import fr.pennylanesync.pass.Progress;
import fr.pennylanesync.lease.CompanyLeases;
import fr.pennylanesync.lease.Lease;
import fr.pennylanesync.schedule.CompanyRuns;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.DueList;
import fr.pennylanesync.warehouse.StaleCopies;
import fr.pennylanesync.warehouse.StreamStates;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One sync of one company, from the question to {@code /me} to the last record that another's change made due. */
final class CompanySync {

    /** A category's change reaches transactions, theirs the matched transactions of invoices. */
    private static final int SETTLE_ROUNDS_MAX = 3;

    record Parts(Warehouse warehouse, Supplier<StreamCatalog> catalog, CompanyDirectory companies,
            SyncEngine engine, Progress progress, CompanyRuns runs, CompanyLeases leases) {}

    private final Parts parts;
    private volatile boolean stopping;

    CompanySync(Parts parts) {
        this.parts = parts;
    }

    /** From now on nothing is begun; what is under way ends at its next batch. */
    void stop() {
        stopping = true;
    }

    /**
     * Syncs on the calling thread. {@link Progress} tells how it went.
     *
     * @param wait how long to wait for another process that reads the company
     */
    void run(Company company, List<String> streams, Demand demand, Duration wait) {
        try (Lease lease = parts.leases().acquire(company.id(), wait).orElse(null)) {
            if (stopping) {
                return;
            }
            if (lease == null) {
                parts.progress().busy(company.id());
                return;
            }
            parts.runs().begun(company.id());
            read(company, streams, demand);
            if (!stopping) {
                parts.runs().ended(company.id());
            }
        }
    }

    private void read(Company company, List<String> streams, Demand demand) {
        parts.progress().companyStarted(company.id());
        try {
            parts.companies().verify(company.id());
        } catch (SyncException failure) {
            parts.progress().failed(company.id(), "me", failure.code().name(), failure.getMessage());
            return;
        }
        // As the answer has just left it: its scopes may have changed.
        Company verified = parts.companies().company(company.id()).orElse(company);
        introduceChildren(verified.id());
        parts.engine().sync(verified.id(), eachOnce(permitted(verified, selected(streams))), demand);
        settle(verified, demand);
    }

    /**
     * What became due in one stream by the changes of another, until nothing is, or the rounds are used up: then the
     * next sync goes on.
     */
    private void settle(Company company, Demand demand) {
        Warehouse warehouse = parts.warehouse();
        DueList due = new DueList(warehouse.jdbc());
        for (int round = 0; round < SETTLE_ROUNDS_MAX && !stopping; round++) {
            StreamCatalog catalog = parts.catalog().get();
            warehouse.transactionWithoutResult(() -> new StaleCopies(warehouse.jdbc()).follow(company.id(), catalog));
            List<StreamDefinition> streams = due.streams(company.id()).stream()
                    .flatMap(name -> catalog.find(name).stream()).filter(StreamDefinition::enabled)
                    .filter(stream -> parts.progress().isComplete(company.id(), stream.name())).toList();
            if (streams.isEmpty()) {
                return;
            }
            parts.engine().sync(company.id(), eachOnce(streams), demand.forRecords());
        }
    }

    /** A stream brings its child streams along; beside it they would be read twice at the same time. */
    private static List<StreamDefinition> eachOnce(List<StreamDefinition> streams) {
        Set<String> names = streams.stream().map(StreamDefinition::name).collect(Collectors.toSet());
        return streams.stream().filter(stream -> stream.parent().filter(names::contains).isEmpty()).toList();
    }

    private List<StreamDefinition> selected(List<String> names) {
        StreamCatalog catalog = parts.catalog().get();
        return names.isEmpty() ? catalog.roots()
                : names.stream().map(name -> catalog.find(name).orElseThrow()).toList();
    }

    private List<StreamDefinition> permitted(Company company, List<StreamDefinition> streams) {
        StreamStates states = new StreamStates(parts.warehouse().jdbc());
        return streams.stream().filter(stream -> {
            boolean allowed = stream.scope().map(company.scopes()::allows).orElse(true);
            if (!allowed) {
                String scope = stream.scope().orElseThrow();
                parts.progress().notPermitted(company.id(), stream.name(), scope,
                        states.notPermitted(company.id(), stream.name(), scope));
            }
            return allowed;
        }).toList();
    }

    /**
     * A child stream that is read for the first time begins with the sub-lists of all records that are here already.
     */
    private void introduceChildren(long companyId) {
        StreamStates states = new StreamStates(parts.warehouse().jdbc());
        DueList due = new DueList(parts.warehouse().jdbc());
        StreamCatalog catalog = parts.catalog().get();
        parts.warehouse().transactionWithoutResult(() -> {
            for (StreamDefinition parent : catalog.roots()) {
                for (StreamDefinition child : catalog.childrenOf(parent.name())) {
                    if (states.introduceChild(companyId, child.name())) {
                        due.addAllParents(companyId, child, parent);
                    }
                }
            }
        });
    }
}
