package fr.pennylanesync.landing.table;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The partitions of a stream's table, each with the rows of some of the companies. They lie in the operators' schema:
 * analysts see one table. They are made with it, since to give them to one that has rows would rewrite it.
 */
final class StreamPartitions {

    static final String SCHEMA = "pennylane_sync";
    /** Leaves room for the number of the partition in the 63 bytes of a name. */
    private static final int STEM_MAX = 57;

    private final JdbcClient jdbc;

    StreamPartitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes them where the table was made just now; another process may have done so. */
    void make(StreamDefinition stream, int partitions) {
        if (of(stream.name()).isEmpty()) {
            jdbc.sql(IntStream.range(0, partitions).mapToObj(number -> "create table " + name(stream.name(), number)
                    + " partition of " + StreamTables.table(stream) + " for values with (modulus " + partitions
                    + ", remainder " + number + ")").collect(Collectors.joining("; "))).update();
        }
    }

    private static String name(String stream, int number) {
        return SCHEMA + "." + StreamTables.quoted(stream.substring(0, Math.min(stream.length(), STEM_MAX)) + "_p"
                + number);
    }

    /** Returns the names of a table's partitions; none where it has none. */
    List<String> of(String stream) {
        return jdbc.sql("""
                select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = to_regclass(?) order by c.relname""").param(StreamTables.table(stream))
                .query(String.class).list();
    }
}
