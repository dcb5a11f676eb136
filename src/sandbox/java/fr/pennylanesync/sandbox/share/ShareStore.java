package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Stamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables that the views of the share show, in the schema {@code store} that no reader may enter. Not logged by
 * PostgreSQL: they are filled anew at each start.
 */
final class ShareStore {

    /** Rows of general_ledger once for each of their tags: not stored, joined. */
    static final String ANALYTICAL = "analytical_ledger";
    static final String TAG = "tag";
    static final String COMPANY = "company_id";
    static final String KEY = "row_key";

    private static final Set<String> WITH_DATE = Set.of("general_ledger");
    private static final CopiedTable TAGS = new CopiedTable("store", TAG,
            List.of(new CopiedColumn("tag_group", "varchar"),
                    new CopiedColumn("tag_label", "varchar"), new CopiedColumn("analytical_code", "varchar"),
                    new CopiedColumn("tag_weight", "numeric(10,4)")));

    private ShareStore() {}

    /** The tables that are stored, each under its stored name. */
    static List<CopiedTable> tables() {
        Set<String> pennylane = names(CopiedTable.PENNYLANE).collect(Collectors.toSet());
        return Stream.concat(Stream.of(TAGS), ShareCatalog.tables().stream()
                .filter(table -> !table.name().equals(ANALYTICAL) && (table.schema().equals(CopiedTable.PENNYLANE)
                        || table.schema().equals(CopiedTable.ACCOUNTING) && !pennylane.contains(table.stored()))))
                .toList();
    }

    static List<String> creation() {
        List<String> statements = new ArrayList<>(List.of("create schema store",
                "create table store.visible (login name, " + COMPANY + " bigint, primary key (login, " + COMPANY + "))",
                "create table store.rebuild (rebuilt_at timestamp)", "insert into store.rebuild values (null)"));
        tables().forEach(table -> statements.add(creation(table)));
        statements.add("create view store." + ANALYTICAL
                + " as select g.*, t.tag_group, t.tag_label, t.analytical_code,"
                + " t.tag_weight from store.general_ledger g left join store.tag t using (" + COMPANY + ", " + KEY
                + ")");
        statements.addAll(redshiftFunctions());
        statements.addAll(hiddenCatalogue());
        return statements;
    }

    /** Made when the first copy is complete, which is quicker. */
    static List<String> indexes() {
        List<String> statements = new ArrayList<>();
        for (CopiedTable table : tables()) {
            String on = "create index on store." + table.name() + " (" + COMPANY + ", ";
            statements.add(on + KEY + ")");
            if (table.has("id")) {
                statements.add(on + "id)");
            }
            if (WITH_DATE.contains(table.name())) {
                statements.add(on + "\"date\")");
            }
            statements.add("analyze store." + table.name());
        }
        return statements;
    }

    /** Purges what is marked deleted and stamps all rows. */
    static List<String> rebuilding(Instant now) {
        List<String> statements = new ArrayList<>(tables().stream()
                .map(table -> "delete from store." + table.name() + " where deleted_at is not null").toList());
        statements.add("update store.rebuild set rebuilt_at = timestamp '" + CopyLine.timestamp(Stamps.micros(now))
                + "'");
        return statements;
    }

    /** The columns that a copy fills, in order. */
    static List<String> filledColumns(CopiedTable table) {
        List<String> columns = new ArrayList<>(table.columns().stream().map(CopiedColumn::quoted).toList());
        if (!table.has(COMPANY)) {
            columns.add(COMPANY);
        }
        columns.addAll(List.of(KEY, "synchronised_at"));
        return columns;
    }

    private static String creation(CopiedTable table) {
        String columns = table.columns().stream().map(CopiedColumn::definition).collect(Collectors.joining(", "));
        return "create unlogged table store." + table.name() + " (" + columns
                + (table.has(COMPANY) ? "" : ", " + COMPANY + " bigint")
                + ", " + KEY + " bigint, synchronised_at timestamp, deleted_at timestamp)";
    }

    private static Stream<String> names(String schema) {
        return ShareCatalog.tables().stream().filter(table -> table.schema().equals(schema)).map(CopiedTable::name);
    }

    /**
     * What Redshift has, PostgreSQL has not, and a digest needs. Not strict: PostgreSQL would call it instead of taking
     * it into the query.
     */
    private static List<String> redshiftFunctions() {
        return List.of("create function public.strtol(varchar, integer) returns bigint language sql immutable"
                + " parallel safe return case $2 when 16 then ('x' || lpad($1, 16, '0'))::bit(64)::bigint end");
    }

    /** On the real cluster the catalogue shows a customer none of these tables, although they can be read. */
    private static List<String> hiddenCatalogue() {
        return Stream.of("tables", "columns", "views").flatMap(view -> Stream.of(
                "alter view information_schema." + view + " rename to all_" + view,
                "create view information_schema." + view + " as select * from information_schema.all_" + view
                        + " where table_schema not in ('pennylane', 'etl', 'accounting', 'store')",
                "revoke select on information_schema.all_" + view + " from public",
                "grant select on information_schema." + view + " to public")).toList();
    }
}
