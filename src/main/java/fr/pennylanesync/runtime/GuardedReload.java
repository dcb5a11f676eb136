package fr.pennylanesync.runtime;

import fr.pennylanesync.analysis.AnalystViews;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.landing.table.TableErrorCode;
import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.RouteEvent;
import fr.pennylanesync.privacy.RulesInForce;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.reload.RouteChanges;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.RouteErrorCode;
import fr.pennylanesync.stream.RoutesException;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamOptions;
import fr.pennylanesync.warehouse.Warehouse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Judges changed route files and lets the good ones take over. What is refused changes nothing but the reload's state.
 */
final class GuardedReload {

    private static final EventLog LOG = EventLog.of(GuardedReload.class);
    /** A table that an analyst holds makes a reload wait, not the analyst's table. */
    private static final String LOCK_TIMEOUT = "set local lock_timeout = '5s'";

    private final SyncEngine engine;
    private final Warehouse warehouse;
    private final StreamOptions options;
    private final AllowList allowed;
    private final Counter loads;
    private final Counter refusals;
    private boolean rulesDue;
    private volatile ReloadState state = ReloadState.loaded(Clock.systemUTC().instant());

    /**
     * @param options what the configuration says per stream
     * @param allowed what the route files may use
     */
    GuardedReload(SyncEngine engine, Warehouse warehouse, StreamOptions options, AllowList allowed,
            MeterRegistry meters) {
        this.engine = engine;
        this.warehouse = warehouse;
        this.options = options;
        this.allowed = allowed;
        this.loads = Counter.builder("pennylane_sync_reload_loaded_total")
                .description("Changes of the routes that took over").register(meters);
        this.refusals = Counter.builder("pennylane_sync_reload_refused_total")
                .description("Changes of the routes that were refused")
                .register(meters);
    }

    ReloadState state() {
        return state;
    }

    /**
     * @return whether other routes are in force now
     * @throws SyncException RELOAD_POSTPONED if the warehouse is away or a table is in use: try again
     */
    boolean offer(RouteSnapshot files) {
        RouteChanges changes = files.since(engine.version().files());
        try {
            RouteVersion next = RouteVersion.checked(files, options, allowed);
            if (changes.all().findAny().isEmpty()) {
                state = state.restored();
                LOG.log(new RouteEvent.RoutesRestored());
                return false;
            }
            engine.exchange(next, () -> makeTables(next));
            rulesDue = true;
            state = ReloadState.loaded(Clock.systemUTC().instant());
            loads.increment();
            LOG.log(new RouteEvent.RoutesLoaded(changes.added().size(), changes.changed().size(), changes.gone().size(),
                    files.fingerprint().toString()));
            return true;
        } catch (RoutesException refused) {
            refuse(refused.faults());
            return false;
        }
    }

    /**
     * Applies the privacy rules of the routes in force to what landed before; nothing is to be done where that is so
     * already. The routes have been exchanged whatever becomes of it.
     *
     * @throws SyncException RULES_POSTPONED if the warehouse is away or a table is in use: try again
     */
    void applyRules() {
        if (!rulesDue) {
            return;
        }
        try {
            rulesDue = false;
            new RulesInForce(warehouse, Tables.of(warehouse.jdbc()).states()).apply(engine.catalog());
        } catch (DataAccessException | TransactionException away) {
            rulesDue = true;
            throw new SyncException(RouteErrorCode.RULES_POSTPONED, away.getClass().getName(), away);
        }
    }

    private void refuse(List<FactsFault> faults) {
        state = state.refused(Clock.systemUTC().instant(), faults.stream().map(FactsFault::toString).toList());
        refusals.increment();
        faults.forEach(fault -> LOG
                .log(new RouteEvent.RoutesRefused(fault.file(), fault.line(), fault.rule(), fault.remedy())));
    }

    private void makeTables(RouteVersion next) {
        List<StreamDefinition> changed = next.catalog().all().stream()
                .filter(stream -> engine.catalog().find(stream.name()).filter(stream::equals).isEmpty()).toList();
        if (changed.isEmpty()) {
            return;
        }
        StreamTables tables = new StreamTables(warehouse.jdbc());
        try {
            warehouse.transactionWithoutResult(() -> {
                warehouse.jdbc().sql(LOCK_TIMEOUT).update();
                changed.forEach(stream -> ensure(tables, stream, next));
            });
        } catch (DataAccessException | TransactionException away) {
            throw new SyncException(RouteErrorCode.RELOAD_POSTPONED, away.getClass().getName(), away);
        }
        new AnalystViews(warehouse).ensure();
    }

    private static void ensure(StreamTables tables, StreamDefinition stream, RouteVersion next) {
        try {
            tables.ensure(stream);
        } catch (SyncException contradiction) {
            if (!contradiction.is(TableErrorCode.COLUMN_RETYPED)) {
                throw contradiction;
            }
            throw new RoutesException(List.of(new FactsFault(file(stream, next), 0,
                    contradiction.code() + ": " + contradiction.detail(), contradiction.remedy())));
        }
    }

    private static String file(StreamDefinition stream, RouteVersion next) {
        return next.files().in("streams").stream().filter(route -> route.id().equals(stream.name())).findFirst()
                .orElseThrow().path();
    }
}
