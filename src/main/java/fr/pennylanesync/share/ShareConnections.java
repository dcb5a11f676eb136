package fr.pennylanesync.share;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Connections to the share, a bounded number of them. The URL's scheme picks the driver: Amazon's, or PostgreSQL's for
 * a stand-in. Each connection begins one read-only transaction on one snapshot, so that a digest and the rows read
 * after it agree.
 */
public final class ShareConnections {

    /** Rows that a driver fetches, and that a batch holds, at a time. */
    public static final int FETCH_ROWS = 5_000;

    /** Names a host of Amazon's, whose certificate can be checked as it is; a URL may say otherwise. */
    private static final Pattern HOST_OF_AMAZON =
            Pattern.compile("jdbc:redshift:(iam:)?//[^/:]+\\.amazonaws\\.com(\\.cn)?[:/].*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SAYS_SSL = Pattern.compile("[?&;]ssl(mode)?=", Pattern.CASE_INSENSITIVE);
    /** A cluster that was paused answers within a minute of the first attempt. */
    private static final String CONNECT_TIMEOUT_S = "60";
    /** Amazon's driver ignores the fetch size and buffers up to a gigabyte unless it is bounded by bytes. */
    private static final String RING_BUFFER = "32M";
    private static final Duration WAIT_MAX = Duration.ofMinutes(30);

    private final Settings.Share settings;
    private final Semaphore free;

    public ShareConnections(Settings.Share settings) {
        this.settings = settings;
        this.free = new Semaphore(settings.connections(), true);
    }

    int limit() {
        return settings.connections();
    }

    /** @throws SyncException if there is no connection to be had */
    public OpenShare open() {
        acquire();
        try {
            return new OpenShare(begun(), free::release);
        } catch (SQLException refused) {
            free.release();
            SyncException failure = ShareFailures.of(refused, "connecting to the share");
            throw failure.is(ShareErrorCode.SHARE_CUT) || failure.is(ShareErrorCode.SHARE_TIMEOUT)
                    ? new SyncException(ShareErrorCode.SHARE_UNREACHABLE, "SQLSTATE " + refused.getSQLState())
                    : failure;
        } catch (RuntimeException fault) {
            free.release();
            throw fault;
        }
    }

    private void acquire() {
        try {
            if (!free.tryAcquire(WAIT_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new SyncException(ShareErrorCode.SHARE_BUSY,
                        "no connection became free within " + WAIT_MAX.toMinutes() + " minutes");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new SyncException(ShareErrorCode.SHARE_BUSY, "interrupted while waiting for a connection");
        }
    }

    /**
     * A snapshot of its own, and a cursor instead of the whole result: the latter needs a transaction that the driver
     * knows of.
     */
    private Connection begun() throws SQLException {
        Connection connection = driver().connect(settings.jdbcUrl(), properties());
        try (Statement statement = connection.createStatement()) {
            for (String setting : ShareSql.session()) {
                statement.execute(setting);
            }
            statement.execute(ShareSql.begin());
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException refused) {
            connection.close();
            throw refused;
        }
    }

    private Driver driver() throws SQLException {
        return DriverManager.getDriver(settings.jdbcUrl());
    }

    private boolean isVerifiedByDefault() {
        return HOST_OF_AMAZON.matcher(settings.jdbcUrl()).matches() && !SAYS_SSL.matcher(settings.jdbcUrl()).find();
    }

    Properties properties() {
        Properties properties = new Properties();
        if (settings.isByIam()) {
            properties.setProperty("DbUser", settings.username());
        } else {
            properties.setProperty("user", settings.username());
            properties.setProperty("password", settings.password().map(Secret::reveal).orElse(""));
        }
        properties.setProperty("loginTimeout", CONNECT_TIMEOUT_S);
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_S);
        properties.setProperty("socketTimeout", Long.toString(settings.socketTimeout().toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "pennylane-sync");
        if (settings.jdbcUrl().startsWith("jdbc:redshift:")) {
            properties.setProperty("fetchRingBufferSize", RING_BUFFER);
            if (isVerifiedByDefault()) {
                properties.setProperty("ssl", "true");
                properties.setProperty("sslmode", "verify-full");
            }
        } else {
            // Else messages of exceptions quote values.
            properties.setProperty("logServerErrorDetail", "false");
        }
        return properties;
    }
}
