package fr.pennylanesync.runtime;

import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.ApiClock;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.PennylaneTransport;
import fr.pennylanesync.api.budget.RateBudgets;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.company.IdentificationLock;
import fr.pennylanesync.company.RefreshReport;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.lease.CompanyLeases;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.reload.ReloadStore;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.reload.RouteWatch;
import fr.pennylanesync.schedule.CompanyJobs;
import fr.pennylanesync.schedule.CompanyRuns;
import fr.pennylanesync.schedule.Schedulers;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.warehouse.Housekeeping;
import fr.pennylanesync.warehouse.Warehouse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.quartz.Scheduler;

/** Everything that a sync needs, open: warehouse, companies, streams and the Camel engine. */
public final class SyncRuntime implements AutoCloseable {

    /** For what the stopped engine leaves behind: it is cut off then. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    /** Enough for another process that only asks about the token. */
    private static final Duration WAIT_OF_JOB = Duration.ofSeconds(5);
    private static final int SCHEDULE_CONNECTIONS = 3;
    private static final Duration WAIT_IN_FOREGROUND = Duration.ofMinutes(2);

    private final Settings settings;
    private final Warehouse warehouse;
    private final PennylaneTransport transport;
    private final OpenCompanies companies;
    private final RateBudgets budgets;
    private final CompanyLeases leases;
    private final OpenArchive archive;
    private final SyncEngine engine;
    private final CompanyRuns runs;
    private final String node = NodeName.name();
    private final Progress progress = new Progress();
    private Optional<Schedule> schedule = Optional.empty();
    private Optional<GuardedReload> reload = Optional.empty();
    private Optional<RouteReloads> reloads = Optional.empty();

    private SyncRuntime(Settings settings, Warehouse warehouse, MeterRegistry meters) {
        this.settings = settings;
        this.warehouse = warehouse;
        HttpSettings http = http(settings);
        ApiClock clock = new ApiClock(Clock.systemUTC());
        ApiBase base = ApiBase.of(settings.pennylane().baseUrl());
        this.budgets = OpenCompanies.budgets(settings);
        RequestMetrics requestMetrics = new RequestMetrics(clock, budgets, meters);
        this.leases = new CompanyLeases(warehouse::ownConnection, node, settings.pennylane().rate().window(),
                (companyId, rest) -> budgets.of(companyId).pause(rest));
        this.companies = OpenCompanies.open(settings, warehouse, base, http, budgets, requestMetrics,
                IdentificationLock.of(leases));
        this.transport =
                new PennylaneTransport(base, companies.directory(), budgets::of, http, requestMetrics, leases::require);
        this.archive = OpenArchive.of(settings, warehouse,
                () -> companies().active().stream().map(Company::id).toList(),
                companyId -> leases.acquire(companyId, WAIT_OF_JOB));
        this.runs = new CompanyRuns(warehouse.jdbc(), node);
        this.engine = EngineFactory.engine(settings, warehouse, transport, http, clock, progress, companies.directory(),
                leases, runs,
                archive.beans(), new SyncMetrics(meters, archive.progress()));
    }

    /**
     * Makes the streams' tables, checks every token against {@code /me}, and starts the routes, without their jobs.
     *
     * @param catalog the streams, as {@code routes/} declares them
     * @throws fr.pennylanesync.failure.SyncException if a table and its stream file contradict each other
     */
    public static SyncRuntime start(Settings settings, Warehouse warehouse, StreamCatalog catalog) {
        return start(settings, warehouse, catalog, new CompositeMeterRegistry());
    }

    /**
     * As {@link #start(Settings, Warehouse, StreamCatalog)}.
     *
     * @param meters where requests are counted
     */
    public static SyncRuntime start(Settings settings, Warehouse warehouse, StreamCatalog catalog,
            MeterRegistry meters) {
        SyncRuntime runtime = prepare(settings, warehouse, catalog, meters);
        runtime.engine.start(new RouteVersion(RouteSnapshot.read(settings.routes().directory()), catalog));
        return runtime;
    }

    /**
     * As {@code start}, with the jobs of {@code routes/jobs/}, and with the routes exchanged as they change: it then
     * works by itself.
     *
     * @throws fr.pennylanesync.stream.RoutesException if a route breaks a rule of the house or cannot be started
     */
    public static SyncRuntime startWithJobs(Settings settings, Warehouse warehouse, MeterRegistry meters) {
        RouteVersion version =
                RouteVersion.checked(RouteSnapshot.read(settings.routes().directory()), settings.streams());
        SyncRuntime runtime = prepare(settings, warehouse, version.catalog(), meters);
        runtime.archive.openOrWait();
        Schedule schedule = runtime.schedule();
        runtime.schedule = Optional.of(schedule);
        runtime.engine.startWithJobs(version,
                Map.of("schedule", schedule, "housekeeping", new Housekeeping(), "warehouse", warehouse.dataSource()));
        schedule.start();
        runtime.watchRoutes(version, schedule, meters);
        return runtime;
    }

    private void watchRoutes(RouteVersion version, Schedule companies, MeterRegistry meters) {
        GuardedReload guarded = new GuardedReload(engine, warehouse, settings.streams(), meters);
        reload = Optional.of(guarded);
        reloads = Optional.of(new RouteReloads(new RouteWatch(settings.routes().directory(), version.files()), guarded,
                new ReloadStore(warehouse.jdbc()), node, companies::hasten));
    }

    private Schedule schedule() {
        Scheduler scheduler = scheduler();
        return new Schedule(companies, scheduler,
                new CompanyJobs(scheduler, company -> settings.sync().cadenceOf(company.alias()), runs,
                        Clock.systemUTC()));
    }

    private Scheduler scheduler() {
        int threads = settings.sync().parallelCompanies();
        Duration shortest = settings.sync().shortestInterval();
        return settings.quartz().cluster()
                ? Schedulers.inWarehouse(node, threads, this::syncWhatIsDue, shortest,
                        warehouse.ownPool("schedule", SCHEDULE_CONNECTIONS),
                        settings.quartz().checkInInterval())
                : Schedulers.inMemory(node, threads, this::syncWhatIsDue, shortest);
    }

    private void syncWhatIsDue(long companyId) {
        companies.directory().active().stream().filter(company -> company.id() == companyId).findFirst()
                .ifPresent(company -> engine.due(company.id(), SyncRequests.due(settings.sync()), WAIT_OF_JOB));
    }

    private static SyncRuntime prepare(Settings settings, Warehouse warehouse, StreamCatalog catalog,
            MeterRegistry meters) {
        warehouse.transactionWithoutResult(() -> {
            StreamTables tables = new StreamTables(warehouse.jdbc());
            catalog.all().forEach(tables::ensure);
        });
        SyncRuntime runtime = new SyncRuntime(settings, warehouse, meters);
        runtime.companies.refresh();
        return runtime;
    }

    /** The client settings that the configuration asks for. */
    public static HttpSettings http(Settings settings) {
        Settings.Http http = settings.pennylane().http();
        HttpSettings others = HttpSettings.DEFAULT;
        return new HttpSettings(others.connections(), http.connectTimeout(), http.responseTimeout(),
                others.leaseTimeout(),
                others.connectionLifetime(), http.totalTimeout(), others.longestBudgetWait());
    }

    /** The data sharing, where a login is configured. */
    public static Optional<Share> share(Settings settings) {
        return EngineFactory.share(settings);
    }

    /**
     * Reads months of a stream again from the data sharing, and what is due of it from the API.
     *
     * @param months as {@code 2026-01}
     */
    public void repair(long companyId, StreamDefinition stream, List<String> months) {
        companies().company(companyId)
                .ifPresent(company -> sync(List.of(company), List.of(stream.name()), SyncRequest.forMonths(months)));
    }

    public Progress progress() {
        return progress;
    }

    /** The archive; its progress tells how {@link #archive(List, List)} went. */
    public OpenArchive archive() {
        return archive;
    }

    /**
     * Archives the files of the selected companies that are due, side by side; the archive's progress tells how it
     * went.
     *
     * @param companies active ones
     * @param streams names, each with its child streams; empty: all
     */
    public void archive(List<Company> companies, List<String> streams) {
        List<String> selected = catalog().all().stream()
                .filter(stream -> streams.contains(stream.name())
                        || stream.parent().filter(streams::contains).isPresent())
                .map(StreamDefinition::name).toList();
        sideBySide(companies, company -> engine.archive(company.id(), selected));
    }

    /** Whether any of the companies has files to fetch now. */
    public boolean hasFilesDue(List<Company> companies) {
        return companies.stream().anyMatch(company -> !archive.files().dueStreams(company.id()).isEmpty());
    }

    /** How the routes stand, where they are watched. */
    public Optional<ReloadState> reload() {
        return reload.map(GuardedReload::state);
    }

    /** The routes in force. */
    RouteVersion version() {
        return engine.version();
    }

    /** The streams of the routes in force. */
    public StreamCatalog catalog() {
        return engine.catalog();
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
    public void sync(List<Company> companies, List<String> streams, SyncRequest syncRequest) {
        sideBySide(companies, company -> engine.sync(company.id(), streams, syncRequest, WAIT_IN_FOREGROUND));
    }

    private void sideBySide(List<Company> companies, Consumer<Company> work) {
        ExecutorService workers = Executors.newFixedThreadPool(settings.sync().parallelCompanies());
        try {
            List<? extends Future<?>> running =
                    companies.stream().map(company -> workers.submit(() -> work.accept(company))).toList();
            for (Future<?> one : running) {
                Futures.await(one);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    @Override
    public void close() {
        reloads.ifPresent(RouteReloads::close);
        engine.stopBeginning();
        schedule.ifPresent(Schedule::pause);
        engine.close();
        schedule.ifPresent(running -> running.stop(STOP_LIMIT));
        archive.close();
        companies.close();
        transport.close();
        leases.close();
    }
}
