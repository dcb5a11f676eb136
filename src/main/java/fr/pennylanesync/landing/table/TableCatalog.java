package fr.pennylanesync.landing.table;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds what PostgreSQL's catalogue says of the tables and views of some streams at one moment. It is asked once for
 * all of them: with a few questions for each, a start would wait for hundreds of answers that are as they were the last
 * time.
 */
final class TableCatalog {

    /**
     * A table or a view.
     *
     * @param types of the columns, by name, in their order
     * @param comments of the columns that have one
     * @param comment null where there is none
     * @param isOurs whether this login may describe it
     */
    record Relation(Map<String, String> types, Map<String, String> comments, String comment, boolean isOurs) {

        static final Relation NONE = new Relation(Map.of(), Map.of(), null, false);

        boolean isThere() {
            return !types.isEmpty();
        }
    }

    private final Map<String, Relation> relations = new HashMap<>();
    private final Map<String, byte[]> histories = new HashMap<>();

    private TableCatalog() {}

    static TableCatalog read(JdbcClient jdbc, Collection<StreamDefinition> streams) {
        TableCatalog catalog = new TableCatalog();
        catalog.readRelations(jdbc, streams);
        catalog.readHistories(jdbc, streams);
        return catalog;
    }

    private void readRelations(JdbcClient jdbc, Collection<StreamDefinition> streams) {
        Set<String> names = new HashSet<>();
        streams.forEach(stream -> names.addAll(List.of(stream.name(), stream.name() + HistoryViews.SUFFIX)));
        jdbc.sql("""
                select c.relname, a.attname, case when a.atttypid = 'timestamptz'::regtype then 'timestamptz'
                        else format_type(a.atttypid, null) end,
                    d.description, t.description, pg_has_role(c.relowner, 'usage')
                from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
                    left join pg_description d on d.objoid = c.oid and d.classoid = 'pg_class'::regclass
                        and d.objsubid = a.attnum
                    left join pg_description t on t.objoid = c.oid and t.classoid = 'pg_class'::regclass
                        and t.objsubid = 0
                where n.nspname = 'pennylane' and c.relname = any(?::text[]) and a.attnum > 0 and not a.attisdropped
                order by a.attnum""").param(names.toArray(String[]::new))
                .query(row -> {
                    boolean isOurs = row.getBoolean(6);
                    String comment = row.getString(5);
                    Relation relation = relations.computeIfAbsent(row.getString(1),
                            any -> new Relation(new LinkedHashMap<>(), new HashMap<>(), comment, isOurs));
                    relation.types().put(row.getString(2), row.getString(3));
                    relation.comments().put(row.getString(2), row.getString(4));
                });
    }

    /** A view or a function that somebody dropped is not made, whatever was noted of it. */
    private void readHistories(JdbcClient jdbc, Collection<StreamDefinition> streams) {
        jdbc.sql("""
                select stream, definition_sha256 from pennylane_sync.history_view
                where stream = any(?::text[])
                    and to_regclass('pennylane.' || quote_ident(stream || '_history')) is not null
                    and to_regprocedure('pennylane.' || quote_ident(stream || '_at') || '(timestamptz)') is not null""")
                .param(streams.stream().map(StreamDefinition::name).toArray(String[]::new))
                .query(row -> {
                    histories.put(row.getString(1), row.getBytes(2));
                });
    }

    /** Returns the stream's table; an empty one where it was not made. */
    Relation table(StreamDefinition stream) {
        return relations.getOrDefault(stream.name(), Relation.NONE);
    }

    /** Returns the columns of the view of the stream's versions, in their order. */
    List<String> historyColumns(StreamDefinition stream) {
        return new ArrayList<>(
                relations.getOrDefault(stream.name() + HistoryViews.SUFFIX, Relation.NONE).types().keySet());
    }

    /** Tells whether the view and the function of the stream's versions were made by this definition. */
    boolean isHistoryMade(StreamDefinition stream, byte[] definition) {
        return Arrays.equals(histories.get(stream.name()), definition);
    }
}
