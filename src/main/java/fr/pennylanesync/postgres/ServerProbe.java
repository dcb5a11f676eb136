package fr.pennylanesync.postgres;

import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Asks by a real connection whether our server answers at a port: files and process lists can lie after a crash. */
record ServerProbe(PostgresCluster cluster, int port) {

    /** Says what was found at the port. */
    enum ProbeAnswer {
        /** Our server, on our data directory. */
        OURS,
        /** A server that is starting, recovering or stopping: worth asking again. */
        NOT_YET,
        /** Nothing, or something else. */
        NOT_OURS
    }

    static final String HOST = "127.0.0.1";

    private static final String MAINTENANCE_DATABASE = "postgres";
    private static final int CONNECT_TIMEOUT_S = 5;
    private static final int SOCKET_TIMEOUT_S = 30;
    private static final String CANNOT_CONNECT_NOW = "57P03";

    ProbeAnswer ask() throws IOException {
        try (Connection connection = connect()) {
            return isOurs(connection) ? ProbeAnswer.OURS : ProbeAnswer.NOT_OURS;
        } catch (SQLException e) {
            return CANNOT_CONNECT_NOW.equals(e.getSQLState()) ? ProbeAnswer.NOT_YET : ProbeAnswer.NOT_OURS;
        }
    }

    /** Creates the database of the warehouse unless it exists. */
    void createDatabaseOnce(String name) throws SQLException, IOException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            String exists = first(statement, "select exists (select from pg_database where datname = '" + name + "')");
            if (!exists.equals("t")) {
                statement.execute("create database " + name);
            }
        }
    }

    private boolean isOurs(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            Path served = Path.of(first(statement, "show data_directory"));
            return Files.exists(served) && Files.isSameFile(served, cluster.data());
        }
    }

    private static String first(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    private Connection connect() throws SQLException, IOException {
        Secret password = cluster.password();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(MAINTENANCE_DATABASE);
        source.setUser(PostgresCluster.SUPERUSER);
        source.setPassword(password.reveal());
        source.setConnectTimeout(CONNECT_TIMEOUT_S);
        source.setSocketTimeout(SOCKET_TIMEOUT_S);
        // Whoever listens on the port by now must not be handed the password.
        source.setProperty(PGProperty.REQUIRE_AUTH, "scram-sha-256");
        source.setLogServerErrorDetail(false);
        source.setSslmode("disable");
        source.setApplicationName("pennylane-sync start");
        return source.getConnection();
    }
}
