package fr.pennylanesync.share;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.share.SandboxShare;
import fr.pennylanesync.sandbox.share.ShareHome;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A result that is far larger than the heap is read with either driver, as {@link ShareConnections} sets them; without
 * their settings it is not. In JVMs of 64 MB; {@code -Dshare.rows=2000000} for more than the 400,000 rows of the build.
 */
class ShareMemoryTest {

    private static final int ROWS = Integer.getInteger("share.rows", 400_000);
    private static final int OUT_OF_MEMORY = 3;

    private static Sandbox sandbox;
    private static SandboxShare share;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF));
        share = ShareHome.open(sandbox);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void postgresDriverKeepsAFetchInMemory() throws Exception {
        assertThat(read(share.jdbcUrl(), "as configured")).isZero();
    }

    @Test
    void amazonsDriverKeepsItsRingBufferInMemory() throws Exception {
        assertThat(read(share.redshiftUrl(), "as configured")).isZero();
    }

    @Test
    void withoutTransactionAndFetchSizePostgresDriverKeepsEverything() throws Exception {
        assertThat(read(share.jdbcUrl(), "plainly")).isEqualTo(OUT_OF_MEMORY);
    }

    @Test
    void withoutRingBufferTransactionAndFetchSizeAmazonsDriverKeepsEverything() throws Exception {
        assertThat(read(share.redshiftUrl() + "&enableFetchRingBuffer=false", "plainly")).isEqualTo(OUT_OF_MEMORY);
    }

    private static int read(String url, String how) throws IOException, InterruptedException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"), Reader.class.getName(),
                url,
                share.login().username(), share.login().password(), how, Integer.toString(ROWS)).inheritIO().start()
                .waitFor();
    }

    /** Reads every row once, in a JVM of its own. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] args) throws SQLException {
            Settings.Share settings =
                    new Settings.Share(args[0], args[1], Optional.of(Secret.of(args[2])), Optional.empty(), 1,
                            Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO);
            int rows = Integer.parseInt(args[4]);
            String query = "select g.* from pennylane.general_ledger g cross join pennylane.general_ledger a"
                    + " cross join pennylane.general_ledger b limit " + rows;
            int read;
            if (args[3].equals("plainly")) {
                try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2])) {
                    read = count(connection, query, 0);
                }
            } else {
                try (OpenShare open = new ShareConnections(settings).open()) {
                    read = count(open.connection(), query, ShareConnections.FETCH_ROWS);
                }
            }
            System.exit(read == rows ? 0 : 1);
        }

        private static int count(Connection connection, String query, int fetchSize) throws SQLException {
            int read = 0;
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(fetchSize);
                try (ResultSet result = statement.executeQuery(query)) {
                    while (result.next()) {
                        read++;
                    }
                }
            }
            return read;
        }
    }
}
