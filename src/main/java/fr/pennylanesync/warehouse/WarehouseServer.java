package fr.pennylanesync.warehouse;

import static fr.pennylanesync.postgres.PostgresErrorCode.DATABASE_POOLED;
import static fr.pennylanesync.postgres.PostgresErrorCode.DATABASE_READ_ONLY;
import static fr.pennylanesync.postgres.PostgresErrorCode.DATABASE_REFUSED;
import static fr.pennylanesync.postgres.PostgresErrorCode.DATABASE_UNREACHABLE;
import static fr.pennylanesync.postgres.PostgresErrorCode.DATABASE_UNSUPPORTED;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.JdbcAddress;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database at the configured address: reaches it, waits for it, and checks that it is one we can use.
 *
 * @param isOurs whether it is the embedded one, before which nothing stands
 */
record WarehouseServer(Settings.Database database, boolean isOurs) {

    private static final int VERSION_MIN = 13;
    private static final int VERSION_FACTOR = 10_000;
    private static final int CONNECT_TIMEOUT_S = 10;
    private static final int ROWS_PER_FETCH = 1_000;
    private static final long RETRY_INTERVAL_MS = 500;
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);
    private static final String CONNECTION_FAILURES = "08";
    /** A failover may pass meanwhile; a setting does not. */
    private static final Duration READ_ONLY_PATIENCE = Duration.ofSeconds(10);
    /** Says that a session is the runtime's: what others change of its state is written down. */
    static final String RUNTIME = "set pennylane_sync.writer = 'runtime'";
    static final String IS_READ_ONLY =
            "select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on'";
    /** A pooler says so of a parameter or a statement that its mode has no place for. */
    private static final String PROTOCOL_VIOLATION = "08P01";
    /** The server starts, stops, or has no connection left. */
    private static final Set<String> PASSING_STATES = Set.of("57P03", "57P01", "57P02", "53300");

    WarehouseServer(Settings.Database database) {
        this(database, false);
    }

    /** A source of plain connections; {@code socketTimeout} bounds the silence of the network, zero for none. */
    PGSimpleDataSource source(Duration socketTimeout) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.username());
        source.setPassword(database.password().map(Secret::reveal).orElse(null));
        source.setApplicationName("pennylane-sync");
        source.setConnectTimeout(CONNECT_TIMEOUT_S);
        source.setSocketTimeout((int) socketTimeout.toSeconds());
        source.setTcpKeepAlive(true);
        source.setDefaultRowFetchSize(ROWS_PER_FETCH);
        // Else messages of exceptions quote the rows that violate a constraint.
        source.setLogServerErrorDetail(false);
        return source;
    }

    /**
     * Waits for the database for a bounded time; refuses one that is older than 13, no PostgreSQL, or behind a pooler
     * that gives each transaction another session.
     *
     * @param forWriting whether one that can only be read is refused too
     * @return whether nothing can be written
     */
    boolean await(Duration limit, boolean forWriting, Consumer<String> progress) {
        boolean isReadOnly = awaitAnswer(limit, forWriting, progress);
        Instant giveUpAt =
                Instant.now().plus(limit.compareTo(READ_ONLY_PATIENCE) < 0 ? limit : READ_ONLY_PATIENCE);
        for (; forWriting && isReadOnly; isReadOnly = isReadOnly()) {
            if (!Instant.now().isBefore(giveUpAt)) {
                throw new SyncException(DATABASE_READ_ONLY, address());
            }
            pause();
        }
        return isReadOnly;
    }

    private String address() {
        return JdbcAddress.of(database.jdbcUrl()).shown();
    }

    /** Tells whether nothing can be written now: on a standby, or because a setting says so. */
    private boolean isReadOnly() {
        return JdbcClient.create(source(Duration.ofSeconds(CONNECT_TIMEOUT_S))).sql(IS_READ_ONLY).query(Boolean.class)
                .single();
    }

    /** @return whether nothing can be written now */
    private boolean awaitAnswer(Duration limit, boolean forWriting, Consumer<String> progress) {
        Instant giveUpAt = Instant.now().plus(limit);
        Instant tellAt = Instant.now();
        while (true) {
            try {
                return look(forWriting);
            } catch (SQLException e) {
                refuseUnlessPassing(e);
                if (!Instant.now().isBefore(giveUpAt)) {
                    throw new SyncException(DATABASE_UNREACHABLE, address()
                            + " after " + limit.toSeconds() + " s (SQLSTATE " + e.getSQLState() + ")", e);
                }
            }
            if (!Instant.now().isBefore(tellAt)) {
                progress.accept("waiting for the warehouse at " + address() + ", "
                        + Duration.between(Instant.now(), giveUpAt).toSeconds() + " s left");
                tellAt = Instant.now().plus(PROGRESS_INTERVAL);
            }
            pause();
        }
    }

    /** To whoever only reads a server that shows itself is good enough; whoever writes tries it out. */
    private boolean look(boolean forWriting) throws SQLException {
        PGSimpleDataSource source = source(Duration.ofSeconds(CONNECT_TIMEOUT_S));
        boolean isReadOnly;
        boolean isDirect;
        try (Connection connection = source.getConnection()) {
            isReadOnly = checkVersion(connection);
            isDirect = isOurs || !forWriting && PoolerCheck.isDirect(connection);
        }
        if (!isDirect) {
            PoolerCheck.run(source);
        }
        return isReadOnly;
    }

    private static boolean checkVersion(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet result =
                    statement.executeQuery("select version(), current_setting('server_version_num')")) {
                result.next();
                requireSupported(result.getString(1), Integer.parseInt(result.getString(2)));
            }
            try (ResultSet result = statement.executeQuery(IS_READ_ONLY)) {
                result.next();
                return result.getBoolean(1);
            }
        }
    }

    /** @param number as in {@code server_version_num}, such as 130004 for 13.4 */
    static void requireSupported(String product, int number) {
        if (!product.startsWith("PostgreSQL ") || number < VERSION_MIN * VERSION_FACTOR) {
            throw new SyncException(DATABASE_UNSUPPORTED, product);
        }
    }

    private static void refuseUnlessPassing(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.equals(PROTOCOL_VIOLATION)) {
            throw new SyncException(DATABASE_POOLED, "SQLSTATE " + state, e);
        }
        if (!state.startsWith(CONNECTION_FAILURES) && !PASSING_STATES.contains(state)) {
            throw new SyncException(DATABASE_REFUSED, "SQLSTATE " + state, e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_INTERVAL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException(DATABASE_UNREACHABLE, "interrupted while waiting", e);
        }
    }
}
