package fr.pennylanesync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.warehouse.CommittingRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One directory for all: unpacking takes seconds. Each test leaves it with the server stopped. */
class EmbeddedPostgresTest {

    @TempDir
    static Path directory;

    @Test
    void dataIsThereInTheNextRun() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            assertThat(postgres.isAdopted()).isFalse();
            execute(postgres, "create table kept (word text); insert into kept values ('été')");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            assertThat(query(postgres, "select word from kept")).isEqualTo("été");
        }
    }

    @Test
    void everyCommitIsDurableAndTheServerIsLocalAndAsksForItsPassword() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            assertThat(query(postgres, "show fsync")).isEqualTo("on");
            assertThat(query(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(postgres, "show max_connections")).isEqualTo("100");
            assertThat(query(postgres, "show server_encoding")).isEqualTo("UTF8");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), "no"))
                    .isInstanceOf(SQLException.class).extracting("SQLState").isEqualTo("28P01");
        }
    }

    /** Ours is random, and each connection computes its rounds anew; what somebody chooses can be guessed. */
    @Test
    void ourPasswordHasOneRoundAndEveryOtherAsManyAsUsual() throws Exception {
        String rounds = "select substring(rolpassword from '[$]([0-9]+):') from pg_authid where rolname = ";
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            execute(postgres, "drop role if exists chosen; create role chosen password 'a word'");
            assertThat(query(postgres, rounds + "'pennylane_sync'")).isEqualTo("1");
            assertThat(query(postgres, rounds + "'chosen'")).isEqualTo("4096");
        }
    }

    @Test
    void whatTheServerKeepsIsClosedToOthers() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            Path root = directory.toRealPath();
            assertThat(List.of("binaries", "18", "18/users", "18/data")).allSatisfy(
                    folder -> assertThat(modes(root.resolve(folder))).isEqualTo("rwx------"));
            assertThat(List.of("start.lock", "18/postgres.log", "18/pgpass"))
                    .allSatisfy(file -> assertThat(modes(root.resolve(file))).isEqualTo("rw-------"));
            try (Stream<Path> locks = Files.list(root.resolve("18/users"))) {
                assertThat(locks).isNotEmpty().allSatisfy(lock -> assertThat(modes(lock)).isEqualTo("rw-------"));
            }
            assertThat(postgres.isAdopted()).isFalse();
        }
    }

    /** The example of docs/OPERATING.md, with this server's address and authority in its places. */
    @Test
    void theDocumentedUrlEncryptsAndRefusesAnotherServersCertificate() throws Exception {
        Path authority = directory.resolve("ca.pem");
        String url = Files.readString(Path.of("docs/OPERATING.md")).lines()
                .filter(line -> line.startsWith("warehouse.jdbc-url=") && line.contains("sslrootcert=")).findFirst()
                .orElseThrow().substring("warehouse.jdbc-url=".length())
                .replace("/etc/pennylane-sync/ca.pem", authority.toString());
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            String here = url.replace("db.example:5432/books", "localhost:" + postgres.port() + "/pennylane");
            Path data = directory.toRealPath().resolve("18/data");
            ServerCertificate.of("localhost").write(data.resolve("server.key"), data.resolve("server.crt"));
            Files.copy(data.resolve("server.crt"), authority);
            execute(postgres, "alter system set ssl = on");
            execute(postgres, "select pg_reload_conf()");
            Awaitility.await().ignoreExceptions().untilAsserted(
                    () -> assertThat(encrypted(postgres, here)).isEqualTo("t"));
            ServerCertificate.of("localhost").write(directory.resolve("other.key"), authority);
            assertThatThrownBy(() -> encrypted(postgres, here)).isInstanceOf(SQLException.class);
            execute(postgres, "alter system reset ssl");
        }
    }

    private static String encrypted(EmbeddedPostgres postgres, String url) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(url, postgres.username(), postgres.password().reveal());
                ResultSet rows = connection.createStatement()
                        .executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void thePasswordIsInAPrivateFileThatPsqlCanRead() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            Path file = directory.toRealPath().resolve("18/pgpass");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(Files.readString(file)).isEqualTo("*:*:*:pennylane_sync:" + postgres.password().reveal() + "\n");
            assertThat(postgres.psqlUrl()).isEqualTo("postgresql://pennylane_sync@127.0.0.1:" + postgres.port()
                    + "/pennylane?passfile=" + file);
            assertThat(postgres.psqlUrl()).doesNotContain(postgres.password().reveal());
        }
    }

    @Test
    void noValueReachesTheServersOwnLog() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0)) {
            for (String statement : List.of("select 'canary@example.fr'::numeric", "selec canary",
                    "create temp table t (k text primary key); insert into t values ('canary'), ('canary')",
                    "do $$ begin raise warning 'canary'; end $$")) {
                try {
                    execute(postgres, statement);
                } catch (SQLException expected) {
                    assertThat(expected.getMessage()).isNotBlank();
                }
            }
        }
        assertThat(Files.readString(directory.resolve("18/postgres.log"))).isNotEmpty().doesNotContain("canary");
    }

    @Test
    void aSecondUserAdoptsAndTheLastOneStops() throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.start(directory, 0);
        EmbeddedPostgres second = EmbeddedPostgres.start(directory, 0);
        assertThat(second.isAdopted()).isTrue();
        assertThat(second.port()).isEqualTo(first.port());
        first.close();
        first.close();
        assertThat(query(second, "select 1")).isEqualTo("1");
        second.close();
        assertThatThrownBy(() -> query(second, "select 1")).isInstanceOf(SQLException.class);
        assertThat(directory.resolve("18/data/postmaster.pid")).doesNotExist();
        assertThat(directory.resolve("18/users")).isEmptyDirectory();
    }

    @Test
    void aPortInUseIsRefusedWithWhatToDo() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            SyncException refused = catchThrowableOfType(SyncException.class,
                    () -> EmbeddedPostgres.start(directory, other.getLocalPort()));
            assertThat(refused.code()).isEqualTo(PostgresErrorCode.EMBEDDED_PORT_TAKEN);
            assertThat(refused).hasMessageContaining(Integer.toString(other.getLocalPort()))
                    .hasMessageContaining("warehouse.embedded.port");
        }
    }

    @Test
    void aPortOutOfRangeIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory, 65_536))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void programsAreUnpackedOnceAndAHalfTreeIsNeverUsed() throws Exception {
        EmbeddedPostgres.start(directory, 0).close();
        Path binaries = directory.resolve("binaries");
        Object before = Files.getAttribute(onlyChild(binaries), "unix:ino");
        Path half = Files.createDirectories(binaries.resolve("unpacking/bin"));
        Files.writeString(half.resolve("postgres"), "half");
        EmbeddedPostgres.start(directory, 0).close();
        assertThat(Files.getAttribute(binaries.resolve(onlyWhole(binaries)), "unix:ino")).isEqualTo(before);

        PostgresBinaries.unpack(Files.createDirectories(directory.resolve("other")));
        Path whole = onlyChild(directory.resolve("other"));
        Files.move(whole, directory.resolve("other/unpacking"));
        PostgresBinaries again = PostgresBinaries.unpack(directory.resolve("other"));
        assertThat(again.home()).isEqualTo(whole);
        assertThat(directory.resolve("other/unpacking")).doesNotExist();
    }

    @Test
    void dataWithoutItsPasswordIsRefusedAndLeftAlone() throws Exception {
        EmbeddedPostgres.start(directory, 0).close();
        Path file = directory.resolve("18/pgpass");
        Path aside = Files.move(file, directory.resolve("18/pgpass.aside"));
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory, 0)).isInstanceOf(SyncException.class)
                    .extracting("code").isEqualTo(PostgresErrorCode.EMBEDDED_PASSWORD_MISSING);
        } finally {
            Files.move(aside, file);
        }
        assertThat(directory.resolve("18/data/PG_VERSION")).exists();
    }

    private static Path onlyChild(Path parent) throws Exception {
        try (Stream<Path> children = Files.list(parent)) {
            assertThat(children.toList()).hasSize(1);
        }
        return onlyWhole(parent);
    }

    private static Path onlyWhole(Path parent) throws Exception {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                    .filter(child -> !child.endsWith("unpacking")).findFirst().orElseThrow();
        }
    }

    static void execute(EmbeddedPostgres postgres, String sql) throws Exception {
        try (Connection connection = CommittingRuntime.connect(postgres)) {
            connection.createStatement().execute(sql);
        }
    }

    static String query(EmbeddedPostgres postgres, String sql) throws Exception {
        try (Connection connection = CommittingRuntime.connect(postgres);
                ResultSet result = connection.createStatement().executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
