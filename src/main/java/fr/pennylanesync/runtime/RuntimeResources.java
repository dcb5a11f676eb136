package fr.pennylanesync.runtime;

import fr.pennylanesync.analysis.AnalystViews;
import fr.pennylanesync.api.ApiAnswers;
import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.PennylaneTransport;
import fr.pennylanesync.api.budget.RateBudgets;
import fr.pennylanesync.archive.LedgerExports;
import fr.pennylanesync.checkpoint.PositionClock;
import fr.pennylanesync.company.IdentificationLock;
import fr.pennylanesync.company.SlotWait;
import fr.pennylanesync.digest.Digests;
import fr.pennylanesync.landing.LandingMeter;
import fr.pennylanesync.landing.state.LedgerExportKind;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.lease.CompanyLeases;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.privacy.RulesInForce;
import fr.pennylanesync.schedule.CompanyRuns;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.warehouse.Warehouse;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Holds what commands and the service that runs by itself have in common, opened in the order in which one needs the
 * other: tables, leases, companies, transport and archive.
 *
 * @param node the name of this process among those that share the warehouse
 */
record RuntimeResources(Settings settings, Warehouse warehouse, Tables tables, String node, PositionClock clock,
        RateBudgets budgets,
        CompanyLeases leases, OpenCompanies companies, PennylaneTransport transport, OpenArchive archive,
        CompanyRuns runs, Progress progress, LandingMeter meter, Outages outages) implements AutoCloseable {

    /** Is enough for another process that only asks about the token. */
    static final Duration JOB_LEASE_WAIT = Duration.ofSeconds(5);

    /**
     * Makes the streams' tables, opens everything, and checks every token against {@code /me}.
     *
     * @throws fr.pennylanesync.failure.SyncException if a table and its stream file contradict each other
     */
    static RuntimeResources open(Settings settings, Warehouse warehouse, StreamCatalog catalog, MeterRegistry meters) {
        warehouse.transactionWithoutResult(() -> new StreamTables(warehouse.jdbc()).ensure(catalog.all()));
        new AnalystViews(warehouse).ensure();
        new RulesInForce(warehouse, Tables.of(warehouse.jdbc()).states()).apply(catalog);
        RuntimeResources resources = opened(settings, warehouse, meters);
        return resources.orClose(() -> {
            resources.companies.refresh();
            return resources;
        });
    }

    private static RuntimeResources opened(Settings settings, Warehouse warehouse, MeterRegistry meters) {
        Tables tables = Tables.of(warehouse.jdbc());
        String node = NodeName.name();
        HttpSettings http = HttpSettings.of(settings.pennylane().http());
        PositionClock clock = new PositionClock(InstantSource.system(), warehouse::time, System::nanoTime);
        ApiBase base = ApiBase.of(settings.pennylane().baseUrl());
        RateBudgets budgets = OpenCompanies.budgets(settings);
        Outages outages = new Outages();
        RequestMetrics requests = new RequestMetrics(clock, budgets, meters, new ApiAnswers(outages));
        CompanyLeases leases = new CompanyLeases(warehouse::ownConnection, node, settings.pennylane().rate().window(),
                (companyId, rest) -> budgets.of(companyId).pause(rest), outages);
        OpenCompanies companies = OpenCompanies.open(settings, tables.companies(), base, http, budgets, requests,
                IdentificationLock.of(leases), SlotWait.NONE);
        PennylaneTransport transport =
                new PennylaneTransport(base, companies.directory(), budgets::of, http, requests, leases::require);
        OpenArchive archive = OpenArchive.of(settings, tables.files(), exports(settings, warehouse),
                () -> companies.directory().active().stream().map(Company::id).toList(),
                companyId -> leases.acquire(companyId, JOB_LEASE_WAIT), outages);
        return new RuntimeResources(settings, warehouse, tables, node, clock, budgets, leases, companies, transport,
                archive,
                new CompanyRuns(warehouse.jdbc(), node, requests::requests), new Progress(),
                new SyncMetrics(meters, archive.progress()), outages);
    }

    private static LedgerExports exports(Settings settings, Warehouse warehouse) {
        return new LedgerExports(warehouse.jdbc(), Clock.systemUTC(), settings.archive().exports().stream()
                .flatMap(word -> LedgerExportKind.of(word).stream()).toList(),
                settings.archive().s3().prefix());
    }

    /** Makes the documents that anchor the ledger; the archive is opened when one is to be stored. */
    Digests digests() {
        return new Digests(settings, warehouse, archive::bucket);
    }

    /** Starts what works with these resources, and closes them if it cannot be started. */
    <T> T orClose(Supplier<T> start) {
        try {
            return start.get();
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    /** Closes everything that {@link #open} opened; the engine that uses it is closed before. */
    @Override
    public void close() {
        archive.close();
        companies.close();
        transport.close();
        leases.close();
    }
}
