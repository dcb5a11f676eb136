package fr.pennylanesync.analysis;

import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * The views for analysts, as this program's scripts have them. They are replaced as a whole where a script changed, or
 * where a table that one needs has come; otherwise nothing is locked. A view that analysts built upon one of ours is
 * never dropped: all stay as they are, and that is told.
 */
public final class AnalystViews {

    private static final EventLog LOG = EventLog.of(AnalystViews.class);
    /** Keeps two processes from making the same views at once. */
    private static final long LOCK = 0x70656e6e79766965L;
    private static final String LOCK_TIMEOUT = "set local lock_timeout = '5s'";

    private final Warehouse warehouse;
    private final JdbcClient jdbc;
    private final List<ViewScript> scripts;

    public AnalystViews(Warehouse warehouse) {
        this(warehouse, ViewScript.all());
    }

    AnalystViews(Warehouse warehouse, List<ViewScript> scripts) {
        this.warehouse = warehouse;
        this.jdbc = warehouse.jdbc();
        this.scripts = List.copyOf(scripts);
    }

    /** Makes them what they should be; a failure leaves them as they were, for nothing else depends on them. */
    public void ensure() {
        try {
            warehouse.transactionWithoutResult(this::replaceChanged);
        } catch (DataAccessException | TransactionException kept) {
            LOG.log(new WarehouseEvent.AnalystViewsKept(sqlState(kept)));
        }
    }

    private void replaceChanged() {
        jdbc.sql(LOCK_TIMEOUT).update();
        jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query(row -> {});
        Set<String> tables = relations("r", "p");
        Map<String, String> wanted = wanted(tables);
        Map<String, String> made = made();
        if (made.equals(wanted) && relations("v").containsAll(wanted.keySet())) {
            return;
        }
        dropOwn(made.keySet());
        Set<String> present = new HashSet<>(tables);
        for (ViewScript script : scripts) {
            if (present.containsAll(script.reads())) {
                make(script, present);
            }
        }
    }

    /** The views that can be made, with the hash of their script. */
    private Map<String, String> wanted(Set<String> tables) {
        Set<String> present = new HashSet<>(tables);
        Map<String, String> wanted = new HashMap<>();
        for (ViewScript script : scripts) {
            if (present.containsAll(script.reads())) {
                present.addAll(script.views());
                script.views().forEach(view -> wanted.put(view, hash(script)));
            }
        }
        return wanted;
    }

    private Map<String, String> made() {
        Map<String, String> made = new HashMap<>();
        jdbc.sql("select name, encode(script_sha256, 'hex') from pennylane_sync.analyst_view").query(row -> {
            made.put(row.getString(1), row.getString(2));
        });
        return made;
    }

    private Set<String> relations(String... kinds) {
        return new HashSet<>(jdbc.sql("""
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'pennylane' and c.relkind = any(?::"char"[])""").param(kinds)
                .query(String.class).list());
    }

    private void dropOwn(Set<String> names) {
        List<String> own = new ArrayList<>(names);
        own.retainAll(relations("v"));
        if (!own.isEmpty()) {
            jdbc.sql("drop view " + String.join(", ", own.stream().map(AnalystViews::qualified).toList())).update();
        }
        jdbc.sql("delete from pennylane_sync.analyst_view").update();
    }

    private void make(ViewScript script, Set<String> present) {
        jdbc.sql("savepoint script").update();
        try {
            jdbc.sql(script.sql()).update();
        } catch (DataAccessException impossible) {
            jdbc.sql("rollback to savepoint script").update();
            LOG.log(new WarehouseEvent.AnalystViewLeftOut(script.name(), sqlState(impossible)));
            return;
        }
        present.addAll(script.views());
        script.views().forEach(view -> jdbc.sql("insert into pennylane_sync.analyst_view values (?, decode(?, 'hex'))")
                .param(view).param(hash(script)).update());
    }

    private static String hash(ViewScript script) {
        return Sha256.of(script.sql().getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String qualified(String view) {
        return "pennylane.\"" + view + "\"";
    }

    private static String sqlState(NestedRuntimeException failure) {
        return failure.getRootCause() instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState()
                : failure.getClass().getSimpleName();
    }
}
