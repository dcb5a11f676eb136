package fr.pennylanesync.bench;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.postgres.EmbeddedPostgres;
import fr.pennylanesync.postgres.FileTrees;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL of its own, so that its processor time is told from that of the others. */
final class BenchmarkServer implements AutoCloseable {

    private static final long SETTLING_MILLIS = 500;
    private static final double SETTLED_SECONDS = 0.05;

    private final Path directory;
    private final EmbeddedPostgres server;
    private final ProcessHandle process;
    private int databases;

    BenchmarkServer(String name) throws IOException, SQLException {
        this.directory = Files.createTempDirectory("benchmark-" + name);
        this.server = EmbeddedPostgres.start(directory, 0);
        this.process = ProcessHandle.of(processId()).orElseThrow();
        quieten();
    }

    /** Keeps what one run left from being tidied up while another is measured. */
    private void quieten() throws SQLException {
        admin().run("alter system set autovacuum = off", "select pg_reload_conf()");
    }

    private Database admin() {
        return new Database(server.jdbcUrl(), server.username(), server.password().reveal());
    }

    private long processId() throws IOException {
        try (Stream<Path> files = Files.find(directory, 3, (path, facts) -> path.endsWith("postmaster.pid"))) {
            return Long.parseLong(Files.readAllLines(files.findFirst().orElseThrow()).get(0).strip());
        }
    }

    /** Makes an empty database. */
    Database newDatabase() throws SQLException {
        String name = "benchmark" + ++databases;
        admin().run("create database " + name);
        return new Database(server.jdbcUrl().replaceFirst("/[^/]*$", "/" + name), server.username(),
                server.password().reveal());
    }

    /**
     * Makes a database with the schema of a warehouse and the empty table of a stream.
     *
     * @param home for its files
     */
    Database newWarehouse(Path home, String stream) throws SQLException, IOException {
        Database database = newDatabase();
        Settings.Database settings =
                new Settings.Database(database.url(), database.user(), Optional.of(Secret.of(database.password())));
        Warehouse.open(new Settings.Warehouse(Optional.of(settings), new Settings.Embedded(home, 0), 2,
                Duration.ofSeconds(30))).close();
        new StreamTables(JdbcClient.create(
                new DriverManagerDataSource(database.url(), database.user(), database.password())))
                .ensure(StreamCatalog.load(Path.of("routes"), Map.of()).find(stream).orElseThrow());
        return database;
    }

    /** Drops a database that was measured: the next run begins with as full a disk and cache. */
    void drop(Database database) throws SQLException {
        admin().run("drop database " + database.url().replaceFirst("^.*/", "") + " with (force)", "checkpoint");
    }

    double processorSeconds() {
        return ProcessorTime.seconds(process);
    }

    /** Returns the seconds once the sessions of an ended run have ended too: their time is nobody's for a moment. */
    double settledSeconds() throws InterruptedException {
        double before = processorSeconds();
        Thread.sleep(SETTLING_MILLIS);
        double after = processorSeconds();
        while (Math.abs(after - before) > SETTLED_SECONDS) {
            before = after;
            Thread.sleep(SETTLING_MILLIS);
            after = processorSeconds();
        }
        return after;
    }

    @Override
    public void close() throws IOException {
        server.close();
        FileTrees.delete(directory);
    }

    /** A login to a database. */
    record Database(String url, String user, String password) {

        Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }

        /** Runs statements whose answers are of no account. */
        void run(String... statements) throws SQLException {
            try (Connection connection = connect(); Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }

        long count(String sql) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    var row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        }

        /** Never shows the password. */
        @Override
        public String toString() {
            return url;
        }
    }
}
