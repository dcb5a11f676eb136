package fr.pennylanesync.landing.table;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
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

    /** Says, as a parameter of the session, how many partitions a table gets that is made; 0: none. */
    public static final String PARTITIONS = "pennylane_sync.partitions";

    private final JdbcClient jdbc;

    public StreamTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes what is missing of the tables of these streams.
     *
     * @throws SyncException if a table has a declared column with another type
     */
    public void ensure(Collection<StreamDefinition> streams) {
        TableCatalog before = TableCatalog.read(jdbc, streams);
        boolean changed = false;
        for (StreamDefinition stream : streams) {
            changed |= makeTable(stream, before.table(stream).types());
        }
        TableCatalog catalog = changed ? TableCatalog.read(jdbc, streams) : before;
        for (StreamDefinition stream : streams) {
            new HistoryViews(jdbc).ensure(stream, catalog);
            describe(stream, catalog.table(stream));
        }
    }

    /** @throws SyncException if the table has a declared column with another type */
    public void ensure(StreamDefinition stream) {
        ensure(List.of(stream));
    }

    /** @return whether the table is another now */
    private boolean makeTable(StreamDefinition stream, Map<String, String> present) {
        if (present.isEmpty()) {
            create(stream);
            new StreamIndexes(jdbc).withTable(stream);
            return true;
        }
        boolean changed = false;
        for (Column column : stream.columns()) {
            String type = present.get(column.name());
            if (type == null) {
                add(stream, column);
                changed = true;
            } else if (!type.equals(column.type().sql())) {
                throw new SyncException(TableErrorCode.COLUMN_RETYPED,
                        "pennylane." + stream.name() + "." + column.name()
                                + " is " + type + ", its stream file says " + column.type().sql());
            }
        }
        return changed;
    }

    /** Tells whether the stream's table was made. */
    public boolean isThere(StreamDefinition stream) {
        return TableCatalog.read(jdbc, List.of(stream)).table(stream).isThere();
    }

    /** Only the owner of a table may describe it, and only what is not described so yet is touched. */
    private void describe(StreamDefinition stream, TableCatalog.Relation table) {
        if (!table.isOurs()) {
            return;
        }
        List<String> comments = new ArrayList<>();
        ColumnComments.of(stream).forEach((column, wanted) -> {
            if (table.types().containsKey(column) && !wanted.equals(table.comments().get(column))) {
                comments.add("comment on column " + table(stream) + "." + quoted(column) + " is " + literal(wanted));
            }
        });
        String wanted = ColumnComments.ofTable(stream);
        if (!wanted.equals(table.comment())) {
            comments.add("comment on table " + table(stream) + " is " + literal(wanted));
        }
        if (!comments.isEmpty()) {
            jdbc.sql(String.join("; ", comments)).update();
        }
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
        int partitions = jdbc.sql("select coalesce(nullif(current_setting(?, true), ''), '0')::int").param(PARTITIONS)
                .query(Integer.class).single();
        jdbc.sql("create table if not exists " + table(stream) + " (" + String.join(", ", lines) + ")"
                + (partitions == 0 ? "" : " partition by hash (company_id)")).update();
        if (partitions > 0) {
            new StreamPartitions(jdbc).make(stream, partitions);
        }
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
