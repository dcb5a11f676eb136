package fr.pennylanesync.runtime;

import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.reload.RouteChanges;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.stream.FactsRefused;
import fr.pennylanesync.stream.Fault;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.StreamTables;
import fr.pennylanesync.warehouse.Warehouse;
import fr.pennylanesync.warehouse.WarehouseFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Judges changed route files and lets the good ones take over. What is refused changes nothing but the reload's state. */
final class GuardedReload {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedReload.class);
    /** A table that an analyst holds makes a reload wait, not the analyst's table. */
    private static final String LOCK_TIMEOUT = "set local lock_timeout = '5s'";

    /** The routes could not be judged now, through no fault of theirs. */
    static final class Postponed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Postponed(RuntimeException cause) {
            super(cause);
        }
    }

    private final SyncEngine engine;
    private final Warehouse warehouse;
    private final Map<String, Boolean> enabled;
    private final Counter loads;
    private final Counter refusals;
    private volatile ReloadState state = ReloadState.loaded(Clock.systemUTC().instant());

    /** @param enabled what the configuration says per stream */
    GuardedReload(SyncEngine engine, Warehouse warehouse, Map<String, Boolean> enabled, MeterRegistry meters) {
        this.engine = engine;
        this.warehouse = warehouse;
        this.enabled = enabled;
        this.loads = Counter.builder("pennylane_sync_reload_loaded_total").description("Changes of the routes that took over").register(meters);
        this.refusals = Counter.builder("pennylane_sync_reload_refused_total").description("Changes of the routes that were refused")
                .register(meters);
    }

    ReloadState state() {
        return state;
    }

    /**
     * @return whether other routes are in force now
     * @throws Postponed if the warehouse is away or a table is in use: try again
     */
    boolean offer(RouteSnapshot files) {
        RouteChanges changes = files.since(engine.version().files());
        if (changes.all().findAny().isEmpty()) {
            state = state.restored();
            LOG.info("routes_restored");
            return false;
        }
        try {
            RouteVersion next = RouteVersion.checked(files, enabled);
            engine.exchange(next, () -> makeTables(next));
            state = ReloadState.loaded(Clock.systemUTC().instant());
            loads.increment();
            LOG.info("routes_loaded {} tree={}", changes, files.fingerprint());
            return true;
        } catch (FactsRefused refused) {
            refuse(refused.faults());
            return false;
        }
    }

    private void refuse(List<Fault> faults) {
        state = state.refused(Clock.systemUTC().instant(), faults.stream().map(Fault::toString).toList());
        refusals.increment();
        faults.forEach(fault -> LOG.error("routes_refused file={} line={} rule=\"{}\" remedy=\"{}\"", fault.file(), fault.line(), fault.rule(),
                fault.remedy()));
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
            throw new Postponed(away);
        }
    }

    private static void ensure(StreamTables tables, StreamDefinition stream, RouteVersion next) {
        try {
            tables.ensure(stream);
        } catch (WarehouseFailure contradiction) {
            throw new FactsRefused(
                    List.of(new Fault(file(stream, next), 0, contradiction.what(), contradiction.remedy())));
        }
    }

    private static String file(StreamDefinition stream, RouteVersion next) {
        return next.files().in("streams").stream().filter(route -> route.id().equals(stream.name())).findFirst()
                .orElseThrow().path();
    }
}
