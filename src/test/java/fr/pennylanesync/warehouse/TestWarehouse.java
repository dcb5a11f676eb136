package fr.pennylanesync.warehouse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.pennylanesync.analysis.AnalystViews;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.postgres.EmbeddedPostgres;
import fr.pennylanesync.postgres.FileTrees;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A real PostgreSQL for tests: one server per JVM, a database of its own for each user. */
public final class TestWarehouse {

    private static final int POOL_SIZE = 8;

    private static EmbeddedPostgres server;
    private static Path directory;
    private static int databases;
    private static String ready;

    private TestWarehouse() {}

    /** Opens a warehouse of its own, migrated and empty. */
    public static Warehouse create() {
        return Warehouse.open(settings(newDatabase()));
    }

    /** Opens a warehouse of its own, with the tables and views of the shipped streams. */
    public static Warehouse ready() {
        return Warehouse.open(settings(readyDatabase()));
    }

    public static Settings.Warehouse settings(Settings.Database database) {
        return new Settings.Warehouse(Optional.of(database), new Settings.Embedded(Path.of("unused"), 0), POOL_SIZE,
                Duration.ofSeconds(30));
    }

    /** An empty database on the shared server. */
    public static synchronized Settings.Database newDatabase() {
        return newDatabase("template1");
    }

    /**
     * A database with the tables and views of the shipped streams: a copy of one that is made once, since to make them
     * takes seconds.
     */
    public static synchronized Settings.Database readyDatabase() {
        if (ready == null) {
            Settings.Database made = newDatabase();
            try (Warehouse warehouse = Warehouse.open(settings(made))) {
                warehouse.transactionWithoutResult(
                        () -> new StreamTables(warehouse.jdbc())
                                .ensure(StreamCatalog.load(Path.of("routes"), Map.of()).all()));
                new AnalystViews(warehouse).ensure();
            }
            ready = made.jdbcUrl().replaceFirst(".*/", "");
        }
        return newDatabase(ready);
    }

    private static Settings.Database newDatabase(String template) {
        String name = "test" + ++databases;
        startOnce();
        try (HikariDataSource admin = admin()) {
            JdbcClient.create(admin).sql("create database " + name + " template " + template).update();
        }
        return new Settings.Database(server.jdbcUrl().replaceFirst("/[^/]*$", "/" + name), server.username(),
                Optional.of(server.password()));
    }

    /** Runs a statement beside every database, as the server's owner. */
    public static void asAdmin(String sql) {
        try (HikariDataSource admin = admin()) {
            JdbcClient.create(admin).sql(sql).update();
        }
    }

    /** Returns the directory of the server, for others who need one: it runs as long as the JVM does. */
    public static synchronized Path directory() {
        startOnce();
        return directory;
    }

    private static void startOnce() {
        if (server != null) {
            return;
        }
        try {
            directory = Files.createTempDirectory("pennylane-sync-test");
            server = EmbeddedPostgres.start(directory, 0);
            Runtime.getRuntime().addShutdownHook(new Thread(TestWarehouse::stop));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void stop() {
        server.close();
        try {
            FileTrees.delete(directory);
        } catch (IOException leftBehind) {
            directory.toFile().deleteOnExit();
        }
    }

    private static HikariDataSource admin() {
        Secret password = server.password();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.jdbcUrl());
        config.setUsername(server.username());
        config.setPassword(password.reveal());
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }
}
