package fr.pennylanesync.bench;

import fr.pennylanesync.bench.BenchmarkServer.Database;
import java.io.OutputStream;
import java.sql.Connection;
import org.postgresql.PGConnection;

/** Reads a table as plainly as can be: one COPY, and nothing is done with what it brings. */
public final class PlainCopy {

    private PlainCopy() {}

    /** @param arguments URL, user and password of the warehouse, and the stream */
    public static void main(String[] arguments) throws Exception {
        Database warehouse = new Database(arguments[0], arguments[1], arguments[2]);
        try (Connection connection = warehouse.connect()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (select id, payload, record_hash from"
                    + " pennylane." + arguments[3] + ") to stdout", OutputStream.nullOutputStream());
        }
    }
}
