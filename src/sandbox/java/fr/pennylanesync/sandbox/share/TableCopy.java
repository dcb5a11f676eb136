package fr.pennylanesync.sandbox.share;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Puts rows into a stored table: straight where it has none of the company yet, else in the place of those with their
 * keys.
 */
final class TableCopy implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 18;

    private final Connection connection;
    private final CopiedTable table;
    private final String target;
    private OutputStream out;

    TableCopy(Connection connection, CopiedTable table, boolean first) {
        this.connection = connection;
        this.table = table;
        this.target = first ? "store." + table.name() : "incoming";
    }

    /** @param lines for COPY, each with its end */
    void write(byte[] lines) {
        try {
            if (out == null) {
                begin();
            }
            out.write(lines);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (SQLException failed) {
            throw new SandboxShareFailure("the share's copy could not be written", failed);
        }
    }

    void end(long companyId) throws SQLException {
        if (out == null) {
            return;
        }
        close();
        if (isReplacing()) {
            String store = "store." + table.name();
            String columns = columns();
            ShareServer.execute(connection, List.of(
                    "delete from " + store + " s using incoming i where s.company_id = " + companyId
                            + " and s.row_key = i.row_key",
                    "insert into " + store + " (" + columns + ") select " + columns
                            + " from incoming",
                    "drop table incoming"));
        }
    }

    @Override
    public void close() {
        if (out == null) {
            return;
        }
        try {
            out.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private boolean isReplacing() {
        return target.equals("incoming");
    }

    private void begin() throws SQLException {
        if (isReplacing()) {
            ShareServer.execute(connection, List.of("create temporary table incoming (like store." + table.name()
                    + ")"));
        }
        out = new PGCopyOutputStream(connection.unwrap(PGConnection.class),
                "copy " + target + " (" + columns() + ") from stdin", BUFFER_BYTES);
    }

    private String columns() {
        return String.join(", ", ShareStore.filledColumns(table));
    }
}
