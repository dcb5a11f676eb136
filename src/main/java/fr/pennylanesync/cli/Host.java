package fr.pennylanesync.cli;

import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.company.SlotWait;
import fr.pennylanesync.company.TokenCheck.TokenCheckResult;
import fr.pennylanesync.console.Console;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.Logs;
import fr.pennylanesync.logging.ProcessEvent;
import fr.pennylanesync.report.WarningCode;
import fr.pennylanesync.runtime.ConfiguredStreams;
import fr.pennylanesync.runtime.OpenCompanies;
import fr.pennylanesync.runtime.SyncRuntime;
import fr.pennylanesync.runtime.SyncService;
import fr.pennylanesync.runtime.Tables;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.token.TokenExpiries;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.List;

/** Opens what every command that touches data needs, in the right order, and closes it in the reverse one. */
final class Host implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(Host.class);

    private final Settings settings;
    private final StreamCatalog catalog;
    private final Warehouse warehouse;
    private final Tables tables;
    private SyncRuntime runtime;
    private SyncService service;
    private OpenCompanies companies;

    private Host(Settings settings, StreamCatalog catalog, Warehouse warehouse) {
        this.settings = settings;
        this.catalog = catalog;
        this.warehouse = warehouse;
        this.tables = Tables.of(warehouse.jdbc());
    }

    /** Sends the log where the settings want it, and says so where that cannot be. */
    static void beginLog(Settings settings) {
        Logs.writeTo(settings.logging().file());
        if (Logs.isFileUnwritable()) {
            LOG.log(new ProcessEvent.LogFileUnwritable(WarningCode.LOG_FILE_UNWRITABLE.name()));
        }
    }

    /** Opens the warehouse; the engine only once it is asked for. */
    static Host open(Settings settings) {
        beginLog(settings);
        StreamCatalog catalog = ConfiguredStreams.load(settings);
        tellWarehouse(settings.warehouse());
        return stoppable(new Host(settings, catalog, Warehouse.open(settings.warehouse(), Host::waiting)));
    }

    static void tellWarehouse(Settings.Warehouse settings) {
        Voice.current().step(settings.database().isPresent() ? "Opening the warehouse"
                : "Opening the embedded PostgreSQL");
    }

    private static Host stoppable(Host host) {
        StopSignal.PROCESS.onStop(host::stop);
        return host;
    }

    private static void waiting(String message) {
        StopSignal.PROCESS.refuseIfAsked();
        Voice.current().say(message);
    }

    /**
     * Lets a sync end at its next batch, and cuts off what only reads. What runs as a service is closed by whoever
     * waits for the signal.
     */
    private synchronized void stop() {
        if (runtime != null) {
            Voice.current().say("Being finished: " + new SyncSummary(runtime.progress(), List.of()).underWay());
            runtime.stop();
        } else if (service == null) {
            warehouse.close();
        }
    }

    /** Does as {@link #open} does for commands that only read: a warehouse that cannot be written will do. */
    static Host openToRead(Settings settings) {
        beginLog(settings);
        StreamCatalog catalog = ConfiguredStreams.load(settings);
        tellWarehouse(settings.warehouse());
        return stoppable(new Host(settings, catalog, Warehouse.openToRead(settings.warehouse(), Host::waiting)));
    }

    Settings settings() {
        return settings;
    }

    StreamCatalog catalog() {
        return catalog;
    }

    Warehouse warehouse() {
        return warehouse;
    }

    Tables tables() {
        return tables;
    }

    /** The companies, for commands that read no stream. */
    CompanyDirectory companies() {
        return openCompanies().directory();
    }

    /** Asks about every token file; the warehouse learns nothing of it, since others may see other files. */
    TokenCheckResult tokenCheck() {
        return openCompanies().check().examine(tables.companies().all());
    }

    TokenExpiries expiries() {
        return openCompanies().expiries();
    }

    private OpenCompanies openCompanies() {
        if (companies == null) {
            companies = OpenCompanies.open(settings, tables.companies(), SlotWait.telling(() -> Voice.current()
                    .say("RATE_LIMITED: others use the request budget of a token; waiting for a slot")));
        }
        return companies;
    }

    synchronized SyncRuntime runtime() {
        if (runtime == null) {
            StopSignal.PROCESS.refuseIfAsked();
            Voice.current().step("Starting the routes and checking the tokens");
            runtime = SyncRuntime.start(settings, warehouse, catalog);
        }
        return runtime;
    }

    Attention attention() {
        return new Attention(settings, warehouse, tables);
    }

    /** The runtime that works by itself, and what the console shows of it. */
    synchronized SyncService startJobs(Console console) {
        StopSignal.PROCESS.refuseIfAsked();
        SyncService started = SyncService.start(settings, warehouse, console.meters());
        service = started;
        console.watch(attention().sources(started));
        return started;
    }

    /** Closes the runtime that does one thing and starts the one that works by itself. */
    synchronized SyncService restartWithJobs(Console console) {
        if (runtime != null) {
            runtime.close();
            runtime = null;
        }
        return startJobs(console);
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
        if (runtime != null) {
            runtime.close();
        }
        if (companies != null) {
            companies.close();
        }
        warehouse.close();
    }
}
