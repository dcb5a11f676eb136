package fr.pennylanesync.sandbox.share;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The views that readers see: the documented columns, and of the rows only those of companies that the login may see.
 *
 * <p>A change replaces a whole schema by renaming it, which waits for no reader; the old one goes when nobody reads it
 * any more.
 */
final class ShareViews {

    /** Of so many rows of the analytical ledger one comes twice, when wanted. */
    private static final int REPEATED_ONE_IN = 20;
    private static final String ROWS_SEEN =
            "b.company_id in (select v.company_id from store.visible v where v.login = current_user)";

    private final ShareServer server;
    private final Map<String, List<ColumnChange>> changes = new HashMap<>();
    private final Set<String> denied = new HashSet<>();
    private final List<String> retired = new ArrayList<>();
    private boolean duplicates;
    private int renamings;

    ShareViews(ShareServer server, boolean duplicates) {
        this.server = server;
        this.duplicates = duplicates;
    }

    synchronized void create() {
        Stream.of(CopiedTable.PENNYLANE, CopiedTable.ETL, CopiedTable.ACCOUNTING)
                .forEach(schema -> server.execute(creation(schema)));
    }

    synchronized void change(CopiedTable table, ColumnChange change) {
        changes.computeIfAbsent(table.qualifiedName(), name -> new ArrayList<>()).add(change);
        replace(table.schema());
    }

    synchronized void undoChanges() {
        changes.clear();
        Stream.of(CopiedTable.PENNYLANE, CopiedTable.ETL, CopiedTable.ACCOUNTING).forEach(this::replace);
    }

    synchronized void setDuplicates(boolean repeated) {
        duplicates = repeated;
        replace(CopiedTable.PENNYLANE);
        replace(CopiedTable.ETL);
    }

    synchronized void setDenied(CopiedTable table, boolean refused) {
        String name = table.qualifiedName();
        if (refused) {
            denied.add(name);
        } else {
            denied.remove(name);
        }
        replace(table.schema());
    }

    /** Takes a schema away. */
    synchronized void vanish(String schema) {
        server.execute(List.of(renaming(schema)));
        dropRetired();
    }

    /** Brings a schema back. */
    synchronized void appear(String schema) {
        server.execute(creation(schema));
    }

    private void replace(String schema) {
        List<String> statements = new ArrayList<>(List.of(renaming(schema)));
        statements.addAll(creation(schema));
        server.execute(statements);
        dropRetired();
    }

    private String renaming(String schema) {
        String name = "retired_" + ++renamings;
        retired.add(name);
        return "alter schema " + schema + " rename to " + name;
    }

    /** A schema that somebody still reads is tried again the next time. */
    private void dropRetired() {
        retired.removeIf(schema -> {
            try (var connection = server.connect()) {
                ShareServer.execute(connection, List.of("set lock_timeout = '50ms'", "drop schema " + schema
                        + " cascade"));
                return true;
            } catch (SQLException inUse) {
                return false;
            }
        });
    }

    private List<String> creation(String schema) {
        List<String> statements = new ArrayList<>(List.of("create schema " + schema,
                "grant usage on schema " + schema + " to " + ShareServer.READERS));
        for (CopiedTable table : ShareCatalog.tables()) {
            if (table.schema().equals(schema)) {
                statements.add("create view " + table.qualifiedName() + " as " + query(table));
                if (!denied.contains(table.qualifiedName())) {
                    statements.add("grant select on " + table.qualifiedName() + " to " + ShareServer.READERS);
                }
            }
        }
        return statements;
    }

    private String query(CopiedTable table) {
        String columns = String.join(", ", ColumnChange.expressions(table,
                changes.getOrDefault(table.qualifiedName(), List.of())));
        String rows = "select " + columns + " from store." + table.stored() + " b where " + ROWS_SEEN
                + (table.isEtl() ? "" : " and b.deleted_at is null");
        return duplicates && table.stored().equals(ShareStore.ANALYTICAL)
                ? rows + " union all " + rows + " and b.row_key % " + REPEATED_ONE_IN + " = 0"
                : rows;
    }
}
