package fr.pennylanesync.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Shows what the warehouse holds at one moment, to several threads at once, each with a connection of its own: what
 * lands meanwhile is not seen. The database may use more memory for it than for a landing, and as much time as it
 * needs.
 */
public final class SharedSnapshot {

    private static final int ROWS_AT_ONCE = 1_000;

    private final Warehouse warehouse;
    private final TransactionTemplate transactions;
    private final String name;

    private SharedSnapshot(Warehouse warehouse, TransactionTemplate transactions, String name) {
        this.warehouse = warehouse;
        this.transactions = transactions;
        this.name = name;
    }

    /** Runs work that only reads, in a snapshot of now. It ends with the work: who joins has begun by then. */
    public static <T> T open(Warehouse warehouse, Function<SharedSnapshot, T> work) {
        TransactionTemplate transactions = new TransactionTemplate(warehouse.transactionManager());
        transactions.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        transactions.setReadOnly(true);
        return transactions.execute(status -> {
            configure(warehouse.jdbc());
            String name = warehouse.jdbc().sql("select pg_export_snapshot()").query(String.class).single();
            return work.apply(new SharedSnapshot(warehouse, transactions, name));
        });
    }

    /** Runs work on this thread in the same snapshot, which another thread has opened. */
    public <T> T join(Supplier<T> work) {
        return transactions.execute(status -> {
            // The name is made of digits by the server; the statement takes no parameter.
            warehouse.jdbc().sql("set transaction snapshot '" + name + "'").update();
            configure(warehouse.jdbc());
            return work.get();
        });
    }

    private static void configure(JdbcClient jdbc) {
        jdbc.sql("set local work_mem = '64MB'").update();
        jdbc.sql("set local jit = off").update();
        jdbc.sql("set local statement_timeout = 0").update();
        // The connection that exported the snapshot waits for those that joined it.
        jdbc.sql("set local idle_in_transaction_session_timeout = 0").update();
    }

    public JdbcClient jdbc() {
        return warehouse.jdbc();
    }

    /**
     * Reads a result of any size, some rows at a time.
     *
     * @param row is given each row in turn
     */
    public void each(String sql, RowCallbackHandler row) {
        JdbcTemplate streaming = new JdbcTemplate(warehouse.dataSource());
        streaming.setFetchSize(ROWS_AT_ONCE);
        streaming.query(sql, row);
    }

    /**
     * Does as {@link #each} does with a statement that joins whole tables. A plan that goes over one of them for each
     * row of another, as the database makes it of tables that it does not know yet, would take days.
     */
    public void eachJoined(String sql, RowCallbackHandler row) {
        jdbc().sql("set local enable_nestloop = off").update();
        each(sql, row);
        jdbc().sql("set local enable_nestloop = on").update();
    }

    /**
     * Reads a result of any size in one go, which is quicker than {@link #each}. The connection is taken meanwhile.
     *
     * @param fields how many columns the query has
     * @param row is given each row in turn
     */
    public void copy(String sql, int fields, Consumer<CopiedRow> row) {
        new JdbcTemplate(warehouse.dataSource()).execute((Connection connection) -> {
            copy(connection, sql, new CopiedRow(fields), row);
            return null;
        });
    }

    private static void copy(Connection connection, String sql, CopiedRow row, Consumer<CopiedRow> each)
            throws SQLException {
        CopyOut out = connection.unwrap(PGConnection.class).getCopyAPI()
                .copyOut("copy (" + sql + ") to stdout (format binary)");
        try {
            for (byte[] message = out.readFromCopy(); message != null; message = out.readFromCopy()) {
                if (row.take(message)) {
                    each.accept(row);
                }
            }
        } finally {
            if (out.isActive()) {
                out.cancelCopy();
            }
        }
    }
}
