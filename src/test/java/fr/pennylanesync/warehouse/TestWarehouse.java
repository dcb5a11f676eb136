package fr.pennylanesync.warehouse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real PostgreSQL for tests, one server per JVM, a database of its own for each user. */
public final class TestWarehouse implements AutoCloseable {

    private static EmbeddedPostgres server;
    private static int databases;

    private final HikariDataSource dataSource;
    private final String jdbcUrl;

    private TestWarehouse(HikariDataSource dataSource, String jdbcUrl) {
        this.dataSource = dataSource;
        this.jdbcUrl = jdbcUrl;
    }

    public static synchronized TestWarehouse create() throws Exception {
        if (server == null) {
            Path directory = Files.createTempDirectory("pennylane-sync-test");
            EmbeddedPostgres started = EmbeddedPostgres.start(directory, 0);
            server = started;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.close();
                try {
                    FileTrees.delete(directory);
                } catch (java.io.IOException leftBehind) {
                    directory.toFile().deleteOnExit();
                }
            }));
        }
        String name = "test" + ++databases;
        try (HikariDataSource admin = pool(server.jdbcUrl(), 1)) {
            JdbcClient.create(admin).sql("create database " + name).update();
        }
        String url = server.jdbcUrl().replaceFirst("/[^/]*$", "/" + name);
        HikariDataSource dataSource = pool(url, 8);
        Flyway.configure().dataSource(dataSource).schemas("pennylane_sync", "pennylane").load().migrate();
        return new TestWarehouse(dataSource, url);
    }

    private static HikariDataSource pool(String url, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(server.username());
        config.setPassword(server.password().reveal());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public String jdbcUrl() {
        return jdbcUrl;
    }

    public String username() {
        return server.username();
    }

    public String password() {
        return server.password().reveal();
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    public TransactionTemplate transactions() {
        return new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
