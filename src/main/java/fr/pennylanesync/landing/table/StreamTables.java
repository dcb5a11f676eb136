package fr.pennylanesync.landing.table;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of schema {@code pennylane}, made from what the stream files declare: a table is created with its stream,
 * a column is added (and filled from the payloads) when a file gains one. A column is never dropped or retyped: that
 * would lose what analysts rely on. Beside each table stand the view of its versions and the function that returns them
 * as they stood at a moment.
 */
public final class StreamTables {

    private final JdbcClient jdbc;

    public StreamTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws SyncException if the table has a declared column with another type */
    public void ensure(StreamDefinition stream) {
        Map<String, String> present = columns(stream.name());
        if (present.isEmpty()) {
            create(stream);
            new StreamIndexes(jdbc).withTable(stream);
            new HistoryViews(jdbc).ensure(stream, columns(stream.name()));
            describe(stream);
            return;
        }
        for (Column column : stream.columns()) {
            String type = present.get(column.name());
            if (type == null) {
                add(stream, column);
            } else if (!type.equals(column.type().sql())) {
                throw new SyncException(TableErrorCode.COLUMN_RETYPED,
                        "pennylane." + stream.name() + "." + column.name()
                                + " is " + type + ", its stream file says " + column.type().sql());
            }
        }
        new HistoryViews(jdbc).ensure(stream, present);
        describe(stream);
    }

    /** Tells whether the stream's table was made. */
    public boolean isThere(StreamDefinition stream) {
        return !columns(stream.name()).isEmpty();
    }

    /** Only the owner of a table may describe it, and only what is not described so yet is touched. */
    private void describe(StreamDefinition stream) {
        Map<String, String> wanted = ColumnComments.of(stream);
        jdbc.sql("""
                select a.attname, col_description(c.oid, a.attnum)
                from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'pennylane' and c.relname = ? and a.attnum > 0 and not a.attisdropped
                    and pg_has_role(c.relowner, 'usage')""").param(stream.name())
                .query((row, n) -> new Described(row.getString(1), row.getString(2))).list().stream()
                .filter(column -> wanted.containsKey(column.name())
                        && !wanted.get(column.name()).equals(column.comment()))
                .map(column -> "comment on column " + table(stream) + "." + quoted(column.name()) + " is "
                        + literal(wanted.get(column.name())))
                .reduce((one, next) -> one + "; " + next).ifPresent(all -> jdbc.sql(all).update());
        describeTable(stream);
    }

    private void describeTable(StreamDefinition stream) {
        String wanted = ColumnComments.ofTable(stream);
        boolean isOther = jdbc.sql("""
                select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'pennylane' and c.relname = ? and pg_has_role(c.relowner, 'usage')
                    and obj_description(c.oid, 'pg_class') is distinct from ?)""").params(stream.name(), wanted)
                .query(Boolean.class).single();
        if (isOther) {
            jdbc.sql("comment on table " + table(stream) + " is " + literal(wanted)).update();
        }
    }

    private record Described(String name, String comment) {}

    private Map<String, String> columns(String table) {
        Map<String, String> columns = new HashMap<>();
        jdbc.sql("""
                select a.attname, case when a.atttypid = 'timestamptz'::regtype then 'timestamptz'
                    else format_type(a.atttypid, null) end
                from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'pennylane' and c.relname = ? and a.attnum > 0 and not a.attisdropped""")
                .param(table).query(row -> {
                    columns.put(row.getString(1), row.getString(2));
                });
        return columns;
    }

    private void create(StreamDefinition stream) {
        List<String> lines = new ArrayList<>();
        lines.add("company_id bigint not null");
        stream.parentColumn().ifPresent(parent -> lines.add(quoted(parent) + " bigint not null"));
        lines.add("id bigint not null");
        stream.columns().forEach(column -> lines.add(quoted(column.name()) + " " + column.type().sql()));
        lines.add("payload jsonb not null");
        lines.add("record_hash bytea not null");
        lines.add("source text not null check (source in ('api', 'share'"
                + (stream.evidence().mirrors().isEmpty() ? "" : ", 'derived'") + "))");
        lines.add("batch_id bigint not null");
        lines.add("first_seen_at timestamptz not null");
        lines.add("changed_at timestamptz not null");
        lines.add("deleted_at timestamptz");
        lines.add("primary key (" + String.join(", ", key(stream)) + ")");
        jdbc.sql("create table if not exists " + table(stream) + " (" + String.join(", ", lines) + ")").update();
    }

    private void add(StreamDefinition stream, Column column) {
        jdbc.sql("alter table " + table(stream) + " add column if not exists " + quoted(column.name()) + " "
                + column.type().sql()).update();
        new ColumnFill(jdbc).fill(stream, column);
    }

    public static String table(StreamDefinition stream) {
        return table(stream.name());
    }

    public static String table(String stream) {
        return "pennylane." + quoted(stream);
    }

    static List<String> key(StreamDefinition stream) {
        List<String> key = new ArrayList<>(List.of("company_id"));
        stream.parentColumn().map(StreamTables::quoted).ifPresent(key::add);
        key.add("id");
        return key;
    }

    /**
     * Names come from checked snake_case facts; quoting only guards against reserved words such as {@code date} or
     * {@code start}.
     */
    public static String quoted(String name) {
        return "\"" + name + "\"";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String list(List<String> parts) {
        return parts.stream().collect(Collectors.joining(", "));
    }

}
