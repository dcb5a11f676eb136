package fr.pennylanesync.warehouse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.table.RowCopy;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;
import fr.pennylanesync.postgres.EmbeddedPostgres;
import fr.pennylanesync.postgres.EmbeddedSupervisor;
import fr.pennylanesync.postgres.PostgresErrorCode;
import fr.pennylanesync.settings.JdbcAddress;
import fr.pennylanesync.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The PostgreSQL that everything lands in, with its schema up to date: the user's own, or the embedded one.
 *
 * <p>Code inside {@link #transaction} shares one connection as long as it goes through {@link #jdbc()} or Spring's
 * {@code DataSourceUtils}.
 */
public final class Warehouse implements AutoCloseable {

    private static final EventLog LOG = EventLog.of(Warehouse.class);

    private static final Duration BORROW_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration KEEPALIVE_INTERVAL = Duration.ofMinutes(2);
    private static final Duration LIFETIME_MAX = Duration.ofMinutes(30);
    private static final Duration LEAK_SUSPECTED_AFTER = Duration.ofMinutes(15);
    /** Above the longest statement, which is cut after 15 minutes, so that the server gets to say so. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofMinutes(20);
    private static final Duration OWN_SOCKET_TIMEOUT = Duration.ofSeconds(10);
    private static final String OWN_SESSION = WarehouseServer.RUNTIME + """
            ; set time zone 'UTC'; set statement_timeout = '8s'; set tcp_keepalives_idle = 10; \
            set tcp_keepalives_interval = 5; \
            set tcp_keepalives_count = 2""";
    private static final int IDLE_CONNECTIONS = 2;
    private static final String SESSION = WarehouseServer.RUNTIME + """
            ; set time zone 'UTC'; set statement_timeout = '15min'; set lock_timeout = '1min'; \
            set idle_in_transaction_session_timeout = '15min'""";

    private final Settings.Database database;
    private final int partitions;
    private final Optional<EmbeddedSupervisor> embedded;
    private final HikariDataSource pool;
    private final JdbcClient jdbc;
    private final JdbcTransactionManager transactionManager;
    private final TransactionTemplate transactions;

    private Warehouse(Settings.Database database, int partitions, Optional<EmbeddedSupervisor> embedded,
            HikariDataSource pool) {
        this.database = database;
        this.partitions = partitions;
        this.embedded = embedded;
        this.pool = pool;
        this.jdbc = JdbcClient.create(pool);
        this.transactionManager = new JdbcTransactionManager(pool);
        this.transactions = new TransactionTemplate(transactionManager);
    }

    /** Does as {@link #open(Settings.Warehouse, Consumer)} does, with the progress in the log. */
    public static Warehouse open(Settings.Warehouse settings) {
        return open(settings, message -> LOG.log(new WarehouseEvent.WarehouseWaiting()));
    }

    /**
     * Opens the warehouse: starts the embedded one or waits for the configured one, then migrates its schema.
     *
     * @param progress is told, in a sentence for people, every few seconds of waiting
     * @throws SyncException with a code and a remedy, also where nothing can be written
     */
    public static Warehouse open(Settings.Warehouse settings, Consumer<String> progress) {
        return open(settings, true, progress);
    }

    /** Does as {@link #open(Settings.Warehouse, Consumer)} does, also where nothing can be written. */
    public static Warehouse openToRead(Settings.Warehouse settings, Consumer<String> progress) {
        return open(settings, false, progress);
    }

    private static Warehouse open(Settings.Warehouse settings, boolean forWriting, Consumer<String> progress) {
        Optional<EmbeddedPostgres> embedded = settings.database().isPresent() ? Optional.empty()
                : Optional.of(EmbeddedPostgres.start(settings.embedded().directory(), settings.embedded().port()));
        try {
            Settings.Database database = settings.database().orElseGet(() -> databaseOf(embedded.orElseThrow()));
            WarehouseServer server = new WarehouseServer(database, embedded.isPresent());
            boolean isReadOnly = server.await(settings.startTimeout(), forWriting, progress);
            int migrations = isReadOnly ? requireMigrated(server)
                    : WarehouseMigration.run(server.source(Duration.ZERO));
            LOG.log(new WarehouseEvent.WarehouseOpened(embedded.isPresent(), migrations));
            return new Warehouse(database, settings.partitions(), embedded.map(EmbeddedSupervisor::start),
                    pool(server, settings.poolSize(), forWriting ? IDLE_CONNECTIONS : 0, "warehouse",
                            settings.partitions()));
        } catch (RuntimeException e) {
            embedded.ifPresent(postgres -> closeAfter(e, postgres));
            throw e;
        }
    }

    private static int requireMigrated(WarehouseServer server) {
        if (WarehouseMigration.pending(server.source(Duration.ZERO)) > 0) {
            throw new SyncException(PostgresErrorCode.DATABASE_READ_ONLY, "the schema is not up to date");
        }
        return 0;
    }

    /**
     * Asks whether records can be landed now: for readiness and {@code status}.
     *
     * @throws SyncException if the server is away, or nothing can be written
     */
    public void check() {
        embedded.ifPresent(EmbeddedSupervisor::requireRunning);
        if (isReadOnly()) {
            throw new SyncException(PostgresErrorCode.DATABASE_READ_ONLY);
        }
    }

    private boolean isReadOnly() {
        try {
            return jdbc.sql(WarehouseServer.IS_READ_ONLY).query(Boolean.class).single();
        } catch (DataAccessException away) {
            throw new SyncException(embedded.isPresent() ? PostgresErrorCode.EMBEDDED_SILENT
                    : PostgresErrorCode.DATABASE_UNREACHABLE, "", away);
        }
    }

    /** Returns the supervisor of the embedded server; empty for a server of the user's own. */
    public Optional<EmbeddedSupervisor> embedded() {
        return embedded;
    }

    /** Returns how many connections there are at most for everything but the pools beside. */
    public int connections() {
        return pool.getMaximumPoolSize();
    }

    public DataSource dataSource() {
        return pool;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Returns what time it is by the database's clock. */
    public Instant time() {
        return jdbc.sql("select clock_timestamp()").query(Timestamp.class).single().toInstant();
    }

    /** Takes part in the transaction of its thread. */
    public RowCopy rowCopy() {
        return new RowCopy(pool);
    }

    /** A small pool beside the other, for what must not wait behind a landing; its caller closes it. */
    public HikariDataSource ownPool(String name, int size) {
        return pool(new WarehouseServer(database), size, 0, name, partitions);
    }

    /**
     * Connections outside the pool, each for its caller alone: for what belongs to the connection itself, such as a
     * lock. They answer within ten seconds or break, and the server drops one whose other end is silent for twenty.
     */
    public Connection ownConnection() throws SQLException {
        Connection connection = new WarehouseServer(database).source(OWN_SOCKET_TIMEOUT).getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(OWN_SESSION);
            return connection;
        } catch (SQLException broken) {
            connection.close();
            throw broken;
        }
    }

    /** For Camel's {@code transacted}. */
    public PlatformTransactionManager transactionManager() {
        return transactionManager;
    }

    /**
     * Runs the work in one transaction, or within the one that the caller is in: any exception rolls back, and is
     * thrown on.
     */
    public <T> T transaction(Supplier<T> work) {
        return transactions.execute(status -> work.get());
    }

    /** Does as {@link #transaction(Supplier)} does, for work without a result. */
    public void transactionWithoutResult(Runnable work) {
        transactions.executeWithoutResult(status -> work.run());
    }

    /** Returns where the warehouse is, for people: the text holds no secret. */
    public String url() {
        return embedded.map(EmbeddedSupervisor::psqlUrl).orElseGet(() -> JdbcAddress.of(database.jdbcUrl()).shown());
    }

    @Override
    public void close() {
        pool.close();
        embedded.ifPresent(EmbeddedSupervisor::close);
    }

    /**
     * The session says with how many partitions a table is made, for whoever makes one.
     *
     * @param idle how many connections are opened ahead
     */
    private static HikariDataSource pool(WarehouseServer server, int size, int idle, String name, int partitions) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(server.source(SOCKET_TIMEOUT));
        config.setConnectionInitSql(SESSION + "; set " + StreamTables.PARTITIONS + " = " + partitions);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(idle, size));
        config.setConnectionTimeout(BORROW_TIMEOUT.toMillis());
        config.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
        config.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        config.setKeepaliveTime(KEEPALIVE_INTERVAL.toMillis());
        config.setMaxLifetime(LIFETIME_MAX.toMillis());
        config.setLeakDetectionThreshold(LEAK_SUSPECTED_AFTER.toMillis());
        return new HikariDataSource(config);
    }

    static Settings.Database databaseOf(EmbeddedPostgres postgres) {
        return new Settings.Database(postgres.jdbcUrl(), postgres.username(), Optional.of(postgres.password()));
    }

    private static void closeAfter(RuntimeException failure, EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
