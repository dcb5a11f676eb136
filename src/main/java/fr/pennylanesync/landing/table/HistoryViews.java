package fr.pennylanesync.landing.table;

import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes, beside each stream's table, the view of all versions of its records and the function that returns them as they
 * stood at a moment. A view is replaced where what it is made of changed: a new column comes last, so that what
 * analysts built upon the view stays.
 */
final class HistoryViews {

    private static final EventLog LOG = EventLog.of(HistoryViews.class);
    /** Longer names would be cut by PostgreSQL. */
    private static final int NAME_LENGTH_MAX = 63;
    static final String SUFFIX = "_history";
    /** Keeps two processes from making the same views at once. */
    private static final long LOCK = 0x70656e6e79686973L;

    private final JdbcClient jdbc;

    HistoryViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param catalog what there is of the stream */
    void ensure(StreamDefinition stream, TableCatalog catalog) {
        if (stream.name().length() + SUFFIX.length() > NAME_LENGTH_MAX) {
            return;
        }
        Map<String, HistoryColumn> columns = columns(stream, catalog);
        String view = view(stream, columns);
        byte[] made = Sha256.of((view + function(stream)).getBytes(StandardCharsets.UTF_8)).bytes();
        if (catalog.isHistoryMade(stream, made)) {
            return;
        }
        jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query(row -> {});
        if (isMade(stream, made)) {
            return;
        }
        if (!mayMake(stream)) {
            LOG.log(new WarehouseEvent.HistoryViewKept(stream.name()));
            return;
        }
        List<String> statements = new ArrayList<>(List.of(view, function(stream)));
        columns.forEach((name, column) -> statements.add(
                comment("column " + name(stream) + "." + StreamTables.quoted(name), column.comment())));
        statements.add(comment("view " + name(stream), "Every version of the records of " + stream.name()
                + ", each with the time in which it stood; a deletion ends the last one."));
        statements.add(comment("function " + StreamTables.table(stream.name() + "_at") + "(timestamptz)",
                "The records of " + stream.name() + " as they stood at a moment, without those deleted by then."));
        // At the first start there are some two thousand: they are sent together.
        jdbc.sql(String.join(";\n", statements)).update();
        jdbc.sql("""
                insert into pennylane_sync.history_view (stream, definition_sha256) values (?, ?)
                on conflict (stream) do update set definition_sha256 = excluded.definition_sha256""")
                .params(stream.name(), made).update();
    }

    /**
     * One column of a view.
     *
     * @param ofRow its expression over a row {@code t} of the stream's table
     * @param ofVersion its expression over a row {@code v} of the versions
     */
    private record HistoryColumn(String ofRow, String ofVersion, String comment) {}

    private boolean isMade(StreamDefinition stream, byte[] definition) {
        return jdbc.sql("""
                select exists (select 1 from pennylane_sync.history_view where stream = ? and definition_sha256 = ?)
                    and to_regclass(?) is not null and to_regprocedure(?) is not null""")
                .params(stream.name(), definition, name(stream),
                        StreamTables.table(stream.name() + "_at") + "(timestamptz)")
                .query(Boolean.class).single();
    }

    /** A login that only lands has no right to make views; the tables' owner does so at its next start. */
    private boolean mayMake(StreamDefinition stream) {
        return jdbc.sql("""
                select coalesce((select pg_has_role(relowner, 'usage') from pg_class where oid = to_regclass(?)),
                    has_schema_privilege('pennylane', 'create'))""").param(name(stream)).query(Boolean.class).single();
    }

    /** The columns in their order: those that the view has already, then those that it gains. */
    private Map<String, HistoryColumn> columns(StreamDefinition stream, TableCatalog catalog) {
        Map<String, HistoryColumn> wanted = wanted(stream);
        Map<String, HistoryColumn> ordered = new LinkedHashMap<>();
        for (String name : catalog.historyColumns(stream)) {
            ordered.put(name, Optional.ofNullable(wanted.get(name))
                    .orElseGet(() -> undeclared(name, catalog.table(stream).types())));
        }
        wanted.forEach(ordered::putIfAbsent);
        return ordered;
    }

    private static Map<String, HistoryColumn> wanted(StreamDefinition stream) {
        Map<String, HistoryColumn> wanted = new LinkedHashMap<>();
        wanted.put("company_id", same("company_id", "Pennylane's id of the company."));
        stream.parentColumn().ifPresent(parent -> wanted.put(parent,
                new HistoryColumn("t." + StreamTables.quoted(parent), "v.parent_id", "The record that owns it.")));
        wanted.put("id", same("id", "The record's id."));
        HistoryColumns typed = new HistoryColumns(stream);
        for (Column column : stream.columns()) {
            wanted.put(column.name(), new HistoryColumn("t." + StreamTables.quoted(column.name()),
                    typed.expression(column), "As in the table " + stream.name() + ", of this version."));
        }
        wanted.put("valid_from", new HistoryColumn("t.changed_at", "v.changed_at",
                "When this version came, by the clock of the database."));
        wanted.put("valid_to", new HistoryColumn("null::timestamptz", "v.replaced_at",
                "When another took its place or the record was deleted; null: it stands."));
        wanted.put("source", same("source", "Where this version came from: api or share."));
        wanted.put("payload", same("payload", "The record as received, without expiring URLs."));
        return wanted;
    }

    private static HistoryColumn same(String column, String comment) {
        return new HistoryColumn("t." + column, "v." + column, comment);
    }

    /** A column that its stream file no longer declares: the table keeps it, and so does the view. */
    private static HistoryColumn undeclared(String name, Map<String, String> present) {
        return new HistoryColumn("t." + StreamTables.quoted(name), "null::" + present.get(name),
                "No longer read; older versions do not have it.");
    }

    private static String view(StreamDefinition stream, Map<String, HistoryColumn> columns) {
        List<String> ofRow = new ArrayList<>();
        List<String> ofVersion = new ArrayList<>();
        columns.forEach((name, column) -> {
            ofRow.add(column.ofRow() + " as " + StreamTables.quoted(name));
            ofVersion.add(column.ofVersion());
        });
        return String.format(Locale.ROOT, """
                create or replace view %s as
                select %s from %s t where t.deleted_at is null
                union all
                select %s from pennylane_sync.record_version v
                where v.stream = '%s'%s and v.deleted_at is null""", name(stream),
                StreamTables.list(ofRow), StreamTables.table(stream), StreamTables.list(ofVersion), stream.name(),
                stream.isChild() ? "" : " and v.parent_id = 0");
    }

    private static String function(StreamDefinition stream) {
        return String.format(Locale.ROOT, """
                create or replace function %s(moment timestamptz) returns setof %s language sql stable parallel safe as
                $$ select * from %2$s where valid_from <= $1 and (valid_to > $1 or valid_to is null) $$""",
                StreamTables.table(stream.name() + "_at"), name(stream));
    }

    private static String comment(String what, String text) {
        return "comment on " + what + " is '" + text.replace("'", "''") + "'";
    }

    private static String name(StreamDefinition stream) {
        return StreamTables.table(stream.name() + SUFFIX);
    }
}
