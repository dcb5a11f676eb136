package fr.pennylanesync.runtime;

import fr.pennylanesync.camel.CompanySchedule;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.company.Refusal;
import fr.pennylanesync.console.Operations;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.landing.table.StreamIndexes;
import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.RouteEvent;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteStamp;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.reload.RouteWatch;
import fr.pennylanesync.retention.FileRetention;
import fr.pennylanesync.retention.Thinning;
import fr.pennylanesync.schedule.ScheduleErrorCode;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.Housekeeping;
import fr.pennylanesync.warehouse.Warehouse;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works by itself: runs the jobs of {@code routes/jobs/}, and exchanges the routes as their files change. */
public final class SyncService implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(SyncService.class);
    /** Bounds what the stopped engine leaves behind: it is cut off then. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final RuntimeResources resources;
    private final Schedule schedule;
    private final SyncEngine engine;
    private final GuardedReload reload;
    private final RouteReloads reloads;
    private final ConsoleOperations operations;

    private SyncService(RuntimeResources resources, RouteVersion version, AllowList allowed, MeterRegistry meters) {
        this.resources = resources;
        resources.archive().openOrWait();
        resources.leases().serve(resources.settings().quartz().cluster());
        CompanySchedule companySchedule = new CompanySchedule();
        this.schedule = ScheduleFactory.schedule(resources, companySchedule);
        ScheduledAudits audits = new ScheduledAudits(resources);
        ScheduledAlarms alarms = new ScheduledAlarms(resources, this::scheduleFault);
        alarms.measure(meters, schedule::isStalled);
        this.engine = SyncEngine.startWithJobs(EngineFactory.dependencies(resources), version, companySchedule,
                Map.of("schedule", schedule, "housekeeping", new Housekeeping(), "indexes",
                        new StreamIndexes.Steps(resources.warehouse().dataSource(), () -> catalog().all()), "warehouse",
                        resources.warehouse().dataSource(), "audits", audits, "alarms",
                        alarms.steps(), "thinning",
                        new Thinning(resources.warehouse(), resources.tables().states(), this::catalog,
                                resources.settings().retention()),
                        "fileRetention",
                        new FileRetention(resources.warehouse(), () -> resources.archive().access().bucket(),
                                resources.settings().retention().files())));
        audits.serve(engine);
        alarms.serve(engine);
        schedule.start(() -> engine.replanJobs(Instant.now()));
        Settings settings = resources.settings();
        this.reload =
                new GuardedReload(engine, resources.warehouse(), ConfiguredStreams.options(settings), allowed, meters);
        this.operations = new ConsoleOperations(resources, engine, schedule, audits);
        this.reloads = new RouteReloads(new RouteWatch(settings.routes().directory(), version.files()), reload,
                resources.tables().reloads(), resources.node(), schedule::hasten);
    }

    /**
     * Makes the streams' tables, checks every token against {@code /me}, and starts the routes with their jobs.
     *
     * @param meters where everything is counted
     * @throws fr.pennylanesync.stream.RoutesException if a route breaks a rule of lint or cannot be started
     */
    public static SyncService start(Settings settings, Warehouse warehouse, MeterRegistry meters) {
        AllowList allowed = AllowList.of(settings.routes().allow());
        allowed.widening().ifPresent(file -> LOG.log(new RouteEvent.RoutesWidened(file.toString())));
        RouteVersion version =
                RouteVersion.checked(RouteSnapshot.read(settings.routes().directory()),
                        ConfiguredStreams.options(settings),
                        allowed);
        RuntimeResources resources = RuntimeResources.open(settings, warehouse, version.catalog(), meters);
        return resources.orClose(() -> new SyncService(resources, version, allowed, meters));
    }

    /** Returns what became of the latest change of the routes. */
    public ReloadState reload() {
        return reload.state();
    }

    /** Says why no company's sync begins any more, if so. */
    public Optional<ErrorCode> scheduleFault() {
        return schedule.isStalled() ? Optional.of(ScheduleErrorCode.SCHEDULE_STALLED) : Optional.empty();
    }

    /** Returns the routes in force. */
    RouteVersion version() {
        return engine.version();
    }

    /** Returns the streams of the routes in force. */
    public StreamCatalog catalog() {
        return engine.catalog();
    }

    CompanyDirectory companies() {
        return resources.companies().directory();
    }

    /** Returns the token files that are not used, each with its remedy. */
    public List<Refusal> refusals() {
        return companies().refusals();
    }

    /** Returns what people may ask for. */
    public Operations operations() {
        return operations;
    }

    /** Returns the route files in force. */
    public Map<String, RouteStamp> routeFiles() {
        return version().files().stamps();
    }

    /** Returns which part of a company's request budget is in use, from 0 to 1. */
    public double utilisation(long companyId) {
        return resources.budgets().of(companyId).utilisation();
    }

    /** Returns when a company's token ends, where somebody wrote it down. */
    public Optional<String> tokenExpiry(String alias) {
        return resources.companies().expiries().expiresOn(alias).map(LocalDate::toString);
    }

    public Progress progress() {
        return resources.progress();
    }

    public OpenArchive archive() {
        return resources.archive();
    }

    @Override
    public void close() {
        reloads.close();
        operations.close();
        engine.stopBeginning();
        schedule.pause();
        engine.close();
        schedule.stop(STOP_LIMIT);
        resources.close();
    }
}
