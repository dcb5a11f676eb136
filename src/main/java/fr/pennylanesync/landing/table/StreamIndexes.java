package fr.pennylanesync.landing.table;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.StreamDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The indexes that the stream files declare, each over the company and one column. They are made with the table; those
 * that are declared later are made while the table is read and written. An index over an id leaves out the rows without
 * one: a question for an id never asks for these, and a history of the data sharing, which lacks most ids, writes
 * nothing into it. Any index that begins with the two columns counts, whoever made it, and none is ever dropped that
 * can be used.
 */
public final class StreamIndexes {

    private static final EventLog LOG = EventLog.of(StreamIndexes.class);
    private static final int NAME_MAX = 63;
    /** Stands before each statement: an index of a large table takes its time, and waits for long readers. */
    private static final List<String> PATIENCE = List.of("set statement_timeout = 0", "set lock_timeout = '1h'");
    private static final List<String> AS_BEFORE = List.of("reset statement_timeout", "reset lock_timeout");

    /**
     * An index that is declared and not there.
     *
     * @param isOfId whether the column holds an id
     */
    public record Missing(String stream, String column, boolean isOfId) {

        private static Missing of(StreamDefinition stream, String column) {
            return new Missing(stream.name(), column,
                    stream.column(column).filter(each -> each.type() == ColumnType.BIGINT).isPresent());
        }

        private Missing on(String partition) {
            return new Missing(partition, column, isOfId);
        }
    }

    private final JdbcClient jdbc;

    StreamIndexes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes the indexes of a table that was made just now. */
    void withTable(StreamDefinition stream) {
        stream.indexes().forEach(column -> jdbc.sql("create index if not exists "
                + on(Missing.of(stream, column))).update());
    }

    private List<Missing> missing(StreamDefinition stream) {
        return jdbc.sql("""
                select a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                    join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'pennylane' and c.relname = :table and a.attname = any(:columns)
                    and pg_has_role(c.relowner, 'usage')
                    and not exists (select from pg_index i join pg_attribute o on o.attrelid = i.indrelid
                        where i.indrelid = c.oid and i.indisvalid and o.attname = 'company_id'
                            and i.indkey[0] = o.attnum and i.indkey[1] = a.attnum
                            and (i.indpred is null or a.atttypid = 'bigint'::regtype
                                and pg_get_expr(i.indpred, c.oid) = format('(%I IS NOT NULL)', a.attname)))
                order by array_position(:columns, a.attname::text)""").param("table", stream.name())
                .param("columns", stream.indexes().toArray(String[]::new)).query(String.class).list().stream()
                .map(column -> Missing.of(stream, column)).toList();
    }

    private static String on(Missing index) {
        return StreamTables.quoted(name(index)) + " on " + StreamTables.table(index.stream()) + columns(index);
    }

    private static String columns(Missing index) {
        String column = StreamTables.quoted(index.column());
        return " (company_id, " + column + ")" + (index.isOfId() ? " where " + column + " is not null" : "");
    }

    /** Returns a name that is the same on every node, and no longer than PostgreSQL keeps. */
    private static String name(Missing index) {
        String name = index.stream() + "_by_" + index.column();
        return name.length() <= NAME_MAX ? name
                : name.substring(0, NAME_MAX - Integer.BYTES * 2 - 1) + "_"
                        + HexFormat.of().toHexDigits(name.hashCode());
    }

    /** The steps of the job that makes what is missing. */
    public static final class Steps {

        private final DataSource source;
        private final Supplier<Collection<StreamDefinition>> streams;

        /** @param streams those that are in force when it is asked */
        public Steps(DataSource source, Supplier<Collection<StreamDefinition>> streams) {
            this.source = source;
            this.streams = streams;
        }

        /** Returns the indexes that are declared and not there. */
        public List<Missing> missing() {
            StreamIndexes indexes = new StreamIndexes(JdbcClient.create(source));
            return streams.get().stream().filter(stream -> !stream.indexes().isEmpty())
                    .flatMap(stream -> indexes.missing(stream).stream()).toList();
        }

        /**
         * Makes an index without keeping anyone from reading or writing. What an attempt left behind that was broken
         * off is removed before; several nodes may ask for the same one, and the later finds it made.
         */
        public void make(Missing index) {
            new JdbcTemplate(source).execute((ConnectionCallback<Void>) connection -> {
                try {
                    run(connection, PATIENCE);
                    makeWithin(connection, index);
                } finally {
                    run(connection, AS_BEFORE);
                }
                return null;
            });
            LOG.log(new WarehouseEvent.WarehouseIndexMade(index.stream(), index.column()));
        }

        /**
         * The index of a table with partitions takes over those of its partitions, which are made one by one before.
         */
        private void makeWithin(Connection connection, Missing index) throws SQLException {
            List<String> partitions = new StreamPartitions(JdbcClient.create(source)).of(index.stream());
            for (String partition : partitions) {
                Missing part = index.on(partition);
                makeBeside(connection, StreamPartitions.SCHEMA, part, StreamTables.quoted(name(part)) + " on "
                        + StreamPartitions.SCHEMA + "." + StreamTables.quoted(partition) + columns(part));
            }
            if (partitions.isEmpty()) {
                makeBeside(connection, "pennylane", index, on(index));
            } else {
                run(connection, List.of("create index if not exists " + on(index)));
            }
        }

        private void makeBeside(Connection connection, String schema, Missing index, String on) throws SQLException {
            if (isBrokenOff(schema, index)) {
                run(connection, List.of("drop index concurrently if exists " + schema + "."
                        + StreamTables.quoted(name(index))));
            }
            run(connection, List.of("create index concurrently if not exists " + on));
        }

        private boolean isBrokenOff(String schema, Missing index) {
            return JdbcClient.create(source).sql("""
                    select exists (select from pg_index i join pg_class c on c.oid = i.indexrelid
                        join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = ? and c.relname = ? and not i.indisvalid and not exists
                        (select from pg_stat_progress_create_index p where p.index_relid = i.indexrelid))""")
                    .params(schema, name(index)).query(Boolean.class).single();
        }

        private static void run(Connection connection, List<String> statements) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                for (String each : statements) {
                    statement.execute(each);
                }
            }
        }
    }
}
