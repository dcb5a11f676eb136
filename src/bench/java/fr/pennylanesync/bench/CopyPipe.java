package fr.pennylanesync.bench;

import fr.pennylanesync.bench.BenchmarkServer.Database;
import java.sql.Connection;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** A bare COPY of a finished table into an empty one with the same key, as two psql joined by a pipe do it. */
public final class CopyPipe {

    private CopyPipe() {}

    /** @param arguments where the finished table is, and where it goes: URL, user and password each */
    public static void main(String[] arguments) throws Exception {
        Database source = new Database(arguments[0], arguments[1], arguments[2]);
        Database target = new Database(arguments[3], arguments[4], arguments[5]);
        try (Connection from = source.connect(); Connection to = target.connect()) {
            CopyOut out = from.unwrap(PGConnection.class).getCopyAPI()
                    .copyOut("copy pennylane.ledger_entry_lines to stdout");
            CopyIn in = to.unwrap(PGConnection.class).getCopyAPI()
                    .copyIn("copy pennylane.ledger_entry_lines from stdin");
            for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
                in.writeToCopy(row, 0, row.length);
            }
            in.endCopy();
        }
    }
}
