package fr.pennylanesync.runtime;

import fr.pennylanesync.audit.Reader;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.company.RefreshReport;
import fr.pennylanesync.concurrent.Futures;
import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.warehouse.Warehouse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs syncs and archive runs in the foreground, for commands that do one thing and end. */
public final class SyncRuntime implements AutoCloseable {

    private static final Duration LEASE_WAIT = Duration.ofMinutes(2);
    /** A batch that is not finished by then is given up: somebody is waiting at a terminal. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final RuntimeResources resources;
    private final SyncEngine engine;
    private volatile boolean stopped;

    private SyncRuntime(RuntimeResources resources, RouteVersion version) {
        this.resources = resources;
        this.engine = SyncEngine.start(EngineFactory.dependencies(resources), version);
    }

    /**
     * Makes the streams' tables, checks every token against {@code /me}, and starts the routes, without their jobs.
     *
     * @param catalog the streams, as {@code routes/} declares them
     * @throws fr.pennylanesync.stream.RoutesException if a route breaks a rule of lint
     * @throws fr.pennylanesync.failure.SyncException if a table and its stream file contradict each other
     */
    public static SyncRuntime start(Settings settings, Warehouse warehouse, StreamCatalog catalog) {
        return start(settings, warehouse, catalog, new CompositeMeterRegistry());
    }

    /**
     * Starts as {@link #start(Settings, Warehouse, StreamCatalog)} does.
     *
     * @param meters where requests are counted
     */
    public static SyncRuntime start(Settings settings, Warehouse warehouse, StreamCatalog catalog,
            MeterRegistry meters) {
        RouteVersion version = RouteVersion.checked(RouteSnapshot.read(settings.routes().directory()),
                ConfiguredStreams.options(settings), AllowList.of(settings.routes().allow()));
        RuntimeResources resources = RuntimeResources.open(settings, warehouse, version.catalog(), meters);
        return resources.orClose(() -> new SyncRuntime(resources, version));
    }

    /**
     * Syncs the selected companies side by side and returns when all have ended; {@link #progress} tells how.
     *
     * @param companies active ones
     * @param streams names; empty: every enabled stream
     */
    public void sync(List<Company> companies, List<String> streams, SyncRequest syncRequest) {
        sideBySide(companies, company -> engine.sync(company.id(), streams, syncRequest, LEASE_WAIT));
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

    /**
     * Reads what is due of some streams of a company.
     *
     * @param streams names; a child stream is read with its parent's
     */
    public void readDue(long companyId, Collection<String> streams) {
        List<String> roots = streams.stream()
                .map(stream -> catalog().find(stream).flatMap(StreamDefinition::parent).orElse(stream)).distinct()
                .toList();
        companies().company(companyId)
                .ifPresent(company -> sync(List.of(company), roots, SyncRequest.forMonths(List.of())));
    }

    /** Returns what sends the requests of audits. */
    public Reader reader() {
        return new EngineReader(engine, resources, LEASE_WAIT);
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

    /**
     * Makes a digest document and stores it.
     *
     * @return the code of what kept it from that; empty where it is stored
     */
    public Optional<String> anchor() {
        return engine.anchor();
    }

    /** Does as {@link #anchor} does, where something has landed since the newest document, or it is old. */
    public Optional<String> anchorIfDue() {
        return resources.digests().isDue() ? anchor() : Optional.empty();
    }

    private void sideBySide(List<Company> companies, Consumer<Company> work) {
        ExecutorService workers = Executors.newFixedThreadPool(resources.settings().sync().parallelCompanies());
        try {
            List<? extends Future<?>> running =
                    companies.stream().map(company -> workers.submit(() -> unlessStopped(company, work))).toList();
            for (Future<?> one : running) {
                Futures.await(one);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private void unlessStopped(Company company, Consumer<Company> work) {
        if (!stopped) {
            work.accept(company);
        }
    }

    /** Tells whether any of the companies has files to fetch now. */
    public boolean hasFilesDue(List<Company> companies) {
        return companies.stream().anyMatch(company -> !archive().files().dueStreams(company.id()).isEmpty());
    }

    /** Reads the token directory again: companies that appeared, went, or changed their token. */
    public RefreshReport refreshCompanies() {
        return resources.companies().refresh();
    }

    public CompanyDirectory companies() {
        return resources.companies().directory();
    }

    /** Returns the streams of the routes that it was started with. */
    public StreamCatalog catalog() {
        return engine.catalog();
    }

    /** Returns which part of a company's request budget is in use, from 0 to 1. */
    public double utilisation(long companyId) {
        return resources.budgets().of(companyId).utilisation();
    }

    public Progress progress() {
        return resources.progress();
    }

    /** Returns the archive; its progress tells how {@link #archive(List, List)} went. */
    public OpenArchive archive() {
        return resources.archive();
    }

    /** Lets what is under way end at its next batch: syncs and archive runs return, and none begins any more. */
    public void stop() {
        stopped = true;
        engine.stopBeginning();
        engine.close(STOP_LIMIT);
    }

    @Override
    public void close() {
        stop();
        resources.close();
    }
}
