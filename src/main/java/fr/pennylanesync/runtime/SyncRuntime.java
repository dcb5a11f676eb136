package fr.pennylanesync.runtime;

import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.ApiClock;
import fr.pennylanesync.api.ApiFailure;
import fr.pennylanesync.api.BudgetSettings;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.PennylaneTransport;
import fr.pennylanesync.api.RateBudgets;
import fr.pennylanesync.archive.ArchiveSchedule;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.company.Company;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.company.RefreshReport;
import fr.pennylanesync.pass.Demand;
import fr.pennylanesync.pass.Progress;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.DueList;
import fr.pennylanesync.warehouse.StaleCopies;
import fr.pennylanesync.warehouse.StreamStates;
import fr.pennylanesync.warehouse.StreamTables;
import fr.pennylanesync.warehouse.Warehouse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Everything that a sync needs, open: warehouse, companies, streams and the Camel engine. */
public final class SyncRuntime implements AutoCloseable {

    /** A category's change reaches transactions, theirs the matched transactions of invoices. */
    private static final int SETTLE_ROUNDS_MAX = 3;

    private final Settings settings;
    private final Warehouse warehouse;
    private final StreamCatalog catalog;
    private final PennylaneTransport transport;
    private final OpenCompanies companies;
    private final RateBudgets budgets;
    private final OpenArchive archive;
    private final SyncEngine engine;
    private final Progress progress = new Progress();
    private Optional<Schedule> schedule = Optional.empty();
    private Optional<ArchiveSchedule> archiveSchedule = Optional.empty();

    private SyncRuntime(Settings settings, Warehouse warehouse, StreamCatalog catalog, MeterRegistry meters) {
        this.settings = settings;
        this.warehouse = warehouse;
        this.catalog = catalog;
        HttpSettings http = http(settings);
        ApiClock clock = new ApiClock(Clock.systemUTC());
        ApiBase base = ApiBase.of(settings.pennylane().baseUrl());
        BudgetSettings budget = new BudgetSettings(settings.pennylane().rate().requests(), settings.pennylane().rate().window(),
                BudgetSettings.DOCUMENTED.largestQueue());
        this.budgets = new RateBudgets(budget);
        Requests requests = new Requests(clock, budgets, meters);
        this.companies = OpenCompanies.open(settings, warehouse, base, http, budgets, requests);
        this.transport = new PennylaneTransport(base, companies.directory(), budgets::of, http, requests);
        this.archive = OpenArchive.of(settings, warehouse, () -> catalog);
        this.engine = SyncParts.engine(settings, warehouse, () -> catalog, transport, http, clock, progress, archive.beans());
    }

    /**
     * Makes the streams' tables, checks every token against {@code /me}, and starts the routes, without their jobs.
     *
     * @param catalog the streams, as {@code routes/} declares them
     * @throws fr.pennylanesync.warehouse.WarehouseFailure if a table and its stream file contradict each other
     */
    public static SyncRuntime start(Settings settings, Warehouse warehouse, StreamCatalog catalog) {
        return start(settings, warehouse, catalog, new CompositeMeterRegistry());
    }

    /**
     * As {@link #start(Settings, Warehouse, StreamCatalog)}.
     *
     * @param meters where requests are counted
     */
    public static SyncRuntime start(Settings settings, Warehouse warehouse, StreamCatalog catalog, MeterRegistry meters) {
        SyncRuntime runtime = prepare(settings, warehouse, catalog, meters);
        runtime.engine.start();
        return runtime;
    }

    /** As {@code start}, with the jobs of {@code routes/jobs/}: it then works by itself. */
    public static SyncRuntime startWithJobs(Settings settings, Warehouse warehouse, StreamCatalog catalog, MeterRegistry meters) {
        SyncRuntime runtime = prepare(settings, warehouse, catalog, meters);
        runtime.archive.openOrWait();
        runtime.schedule = Optional.of(new Schedule(runtime, settings.sync()));
        runtime.archiveSchedule = Optional.of(new ArchiveSchedule(
                () -> runtime.companies().active().stream().map(Company::id).toList(), runtime.archive.files(),
                company -> runtime.archive(company, List.of()),
                settings.sync().parallelCompanies()));
        runtime.engine.startWithJobs(Map.of("schedule", runtime.schedule.get(), "archiveSchedule", runtime.archiveSchedule.get()));
        return runtime;
    }

    private static SyncRuntime prepare(Settings settings, Warehouse warehouse, StreamCatalog catalog, MeterRegistry meters) {
        warehouse.transactionWithoutResult(() -> {
            StreamTables tables = new StreamTables(warehouse.jdbc());
            catalog.all().forEach(tables::ensure);
        });
        SyncRuntime runtime = new SyncRuntime(settings, warehouse, catalog, meters);
        runtime.companies.refresh();
        return runtime;
    }

    /** The client settings that the configuration asks for. */
    public static HttpSettings http(Settings settings) {
        Settings.Http http = settings.pennylane().http();
        HttpSettings others = HttpSettings.DEFAULT;
        return new HttpSettings(others.connections(), http.connectTimeout(), http.responseTimeout(), others.leaseTimeout(),
                others.connectionLifetime(), http.totalTimeout(), others.longestBudgetWait());
    }

    public Progress progress() {
        return progress;
    }

    /** The archive; its progress tells how {@link #archive(List, List)} went. */
    public OpenArchive archive() {
        return archive;
    }

    /**
     * Archives the files of the selected companies that are due, side by side; the archive's progress tells how it went.
     *
     * @param companies active ones
     * @param streams names, each with its child streams; empty: all
     */
    public void archive(List<Company> companies, List<String> streams) {
        List<String> selected = catalog.all().stream()
                .filter(stream -> streams.contains(stream.name()) || stream.parent().filter(streams::contains).isPresent())
                .map(StreamDefinition::name).toList();
        sideBySide(companies, company -> archive(company.id(), selected));
    }

    /** Whether any of the companies has files to fetch now. */
    public boolean hasFilesDue(List<Company> companies) {
        return companies.stream().anyMatch(company -> !archive.files().dueStreams(company.id()).isEmpty());
    }

    /** Archives on the calling thread. */
    private void archive(long companyId, List<String> streams) {
        engine.archive(companyId, streams);
    }

    public StreamCatalog catalog() {
        return catalog;
    }

    public CompanyDirectory companies() {
        return companies.directory();
    }

    /** Reads the token directory again: companies that appeared, went, or changed their token. */
    public RefreshReport refreshCompanies() {
        return companies.refresh();
    }

    /** Requests that a company's budget has in its current window. */
    public double utilisation(long companyId) {
        return budgets.of(companyId).utilisation();
    }

    /**
     * Syncs the selected companies side by side and returns when all have ended; {@link #progress} tells how.
     *
     * @param companies active ones
     * @param streams names; empty: every enabled stream
     */
    public void sync(List<Company> companies, List<String> streams, Demand demand) {
        sideBySide(companies, company -> sync(company, streams, demand));
    }

    private void sideBySide(List<Company> companies, Consumer<Company> work) {
        ExecutorService workers = Executors.newFixedThreadPool(settings.sync().parallelCompanies());
        try {
            List<? extends Future<?>> running = companies.stream().map(company -> workers.submit(() -> work.accept(company))).toList();
            for (Future<?> one : running) {
                Futures.await(one);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    /** Syncs one company on the calling thread. */
    void sync(Company company, List<String> streams, Demand demand) {
        progress.companyStarted(company.id());
        try {
            companies.directory().verify(company.id());
        } catch (ApiFailure failure) {
            progress.failed(company.id(), "me", failure.code().name(), failure.getMessage());
            return;
        }
        // As the answer has just left it: its scopes may have changed.
        Company verified = companies.directory().company(company.id()).orElse(company);
        introduceChildren(verified.id());
        engine.sync(verified.id(), permitted(verified, selected(streams)), demand);
        settle(verified, demand);
    }

    /** What became due in one stream by the changes of another, until nothing is, or the rounds are used up: then the next sync goes on. */
    private void settle(Company company, Demand demand) {
        DueList due = new DueList(warehouse.jdbc());
        for (int round = 0; round < SETTLE_ROUNDS_MAX; round++) {
            warehouse.transactionWithoutResult(() -> new StaleCopies(warehouse.jdbc()).follow(company.id(), catalog));
            List<StreamDefinition> streams = due.streams(company.id()).stream().flatMap(name -> catalog.find(name).stream())
                    .filter(StreamDefinition::enabled).filter(stream -> progress.isComplete(company.id(), stream.name())).toList();
            if (streams.isEmpty()) {
                return;
            }
            engine.sync(company.id(), streams, demand.forRecords());
        }
    }

    private List<StreamDefinition> selected(List<String> names) {
        return names.isEmpty() ? catalog.roots() : names.stream().map(name -> catalog.find(name).orElseThrow()).toList();
    }

    private List<StreamDefinition> permitted(Company company, List<StreamDefinition> streams) {
        StreamStates states = new StreamStates(warehouse.jdbc());
        return streams.stream().filter(stream -> {
            boolean allowed = stream.scope().map(company.scopes()::allows).orElse(true);
            if (!allowed) {
                String scope = stream.scope().orElseThrow();
                progress.notPermitted(company.id(), stream.name(), scope, states.notPermitted(company.id(), stream.name(), scope));
            }
            return allowed;
        }).toList();
    }

    /** A child stream that is read for the first time begins with the sub-lists of all records that are here already. */
    private void introduceChildren(long companyId) {
        StreamStates states = new StreamStates(warehouse.jdbc());
        DueList due = new DueList(warehouse.jdbc());
        for (StreamDefinition parent : catalog.roots()) {
            for (StreamDefinition child : catalog.childrenOf(parent.name())) {
                warehouse.transactionWithoutResult(() -> {
                    if (states.introduce(companyId, child.name())) {
                        due.addAllParents(companyId, child, parent);
                    }
                });
            }
        }
    }

    @Override
    public void close() {
        schedule.ifPresent(Schedule::close);
        archiveSchedule.ifPresent(ArchiveSchedule::close);
        engine.close();
        archive.close();
        companies.close();
        transport.close();
    }
}
