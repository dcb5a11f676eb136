package fr.pennylanesync.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.postgres.EmbeddedPostgres;
import fr.pennylanesync.postgres.PostgresErrorCode;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DataSourceUtils;

class WarehouseTest {

    @TempDir
    static Path directory;

    private static Warehouse warehouse;
    private static EmbeddedPostgres server;

    @BeforeAll
    static void open() {
        warehouse = Warehouse.open(settings(Optional.empty(), Duration.ofMinutes(1)));
        server = EmbeddedPostgres.start(directory, 0);
        warehouse.jdbc().sql("create table pennylane.probe (id int primary key, word text)").update();
    }

    @AfterAll
    static void close() {
        server.close();
        warehouse.close();
    }

    @Test
    void isMigratedWithItsHistoryInOurSchema() {
        assertThat(warehouse.url()).as("the embedded one").startsWith("postgresql://");
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.flyway_schema_history where success")
                .query(Long.class).single()).isPositive();
        assertThat(warehouse.jdbc().sql("select nspname from pg_namespace where nspname like 'pennylane%'")
                .query(String.class).set()).containsExactlyInAnyOrder("pennylane", "pennylane_sync");
        assertThat(warehouse.url()).startsWith("postgresql://pennylane_sync@127.0.0.1:");
    }

    @Test
    void sessionsAreBoundedAndInUtc() {
        assertThat(setting("TimeZone")).isEqualTo("UTC");
        assertThat(setting("statement_timeout")).isEqualTo("15min");
        assertThat(setting("lock_timeout")).isEqualTo("1min");
        assertThat(setting("application_name")).isEqualTo("pennylane-sync");
    }

    /** The connection that exported the snapshot waits as long as those that joined it read. */
    @Test
    void aSharedSnapshotIsNotBoundedInTime() {
        for (String limit : List.of("statement_timeout", "idle_in_transaction_session_timeout")) {
            assertThat(List.of(setting(limit), SharedSnapshot.<String>open(warehouse, snapshot -> setting(limit)),
                    SharedSnapshot.<String>open(warehouse, snapshot -> CompletableFuture
                            .supplyAsync(() -> snapshot.join(() -> setting(limit))).join())))
                    .as(limit).containsExactly("15min", "0", "0");
        }
    }

    @Test
    void aTransactionIsOneConnectionForAllThatIsCalledInIt() {
        List<Integer> processes = warehouse.transaction(() -> {
            Connection connection = DataSourceUtils.getConnection(warehouse.dataSource());
            int inner = warehouse.transaction(WarehouseTest::backend);
            DataSourceUtils.releaseConnection(connection, warehouse.dataSource());
            return List.of(backend(), inner, backendOf(connection));
        });
        assertThat(processes).hasSize(3).containsOnly(processes.get(0));
    }

    @Test
    void aFailureRollsBackAndIsThrownOn() {
        assertThatThrownBy(() -> warehouse.transactionWithoutResult(() -> {
            warehouse.jdbc().sql("insert into pennylane.probe values (1, 'a')").update();
            throw new IllegalStateException("stop");
        })).isInstanceOf(IllegalStateException.class).hasMessage("stop");
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane.probe").query(Long.class).single()).isZero();
    }

    @Test
    void anExceptionDoesNotQuoteTheRowThatViolatesAConstraint() {
        assertThatThrownBy(() -> warehouse.transactionWithoutResult(() -> {
            warehouse.jdbc().sql("alter table pennylane.probe add unique (word)").update();
            warehouse.jdbc().sql("insert into pennylane.probe values (1, 'c4n4ry'), (2, 'c4n4ry')").update();
        })).hasStackTraceContaining("probe_word_key").rootCause().hasMessageNotContaining("(word)=(c4n4ry)");
    }

    @Test
    void aDatabaseOfOnesOwnIsUsedAndMigratedOnce() {
        try (Warehouse own = Warehouse.open(settings(Optional.of(database(server.password(), "pennylane")),
                Duration.ofSeconds(10)))) {
            assertThat(own.url()).isEqualTo(server.jdbcUrl());
            assertThat(own.jdbc().sql("select 1").query(Integer.class).single()).isEqualTo(1);
        }
    }

    @Test
    void aWrongLoginOrDatabaseIsRefusedAtOnceWithoutThePassword() {
        Settings.Database wrongPassword = database(Secret.of("c4n4ry"), "pennylane");
        for (Settings.Database wrong : List.of(wrongPassword, database(server.password(), "missing"))) {
            SyncException refused = catchThrowableOfType(SyncException.class,
                    () -> Warehouse.open(settings(Optional.of(wrong), Duration.ofHours(1))));
            assertThat(refused.code()).isEqualTo(PostgresErrorCode.DATABASE_REFUSED);
            assertThat(refused).hasMessageContaining("warehouse.password").hasMessageNotContaining("c4n4ry");
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsWaitedForWithinTheLimit() throws Exception {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            freePort = socket.getLocalPort();
        }
        Settings.Database away = new Settings.Database("jdbc:postgresql://127.0.0.1:" + freePort + "/x", "x",
                Optional.empty());
        List<String> told = new ArrayList<>();
        SyncException refused = catchThrowableOfType(SyncException.class,
                () -> Warehouse.open(settings(Optional.of(away), Duration.ofSeconds(1)), told::add));
        assertThat(refused.code()).isEqualTo(PostgresErrorCode.DATABASE_UNREACHABLE);
        assertThat(told).singleElement().asString()
                .contains("waiting for the warehouse at jdbc:postgresql://127.0.0.1");
    }

    @Test
    void aDatabaseThatComesLateIsUsed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        CompletableFuture<Void> firstWait = new CompletableFuture<>();
        CompletableFuture<EmbeddedPostgres> late = firstWait.thenApplyAsync(
                ignored -> EmbeddedPostgres.start(directory.resolve("late"), port));
        WarehouseServer waiting = new WarehouseServer(new Settings.Database(
                "jdbc:postgresql://127.0.0.1:" + port + "/pennylane", "nobody", Optional.of(Secret.of("x"))));
        assertThatThrownBy(() -> waiting.await(Duration.ofMinutes(1), true, message -> firstWait.complete(null)))
                .as("it answers, and knows no such user").extracting("code")
                .isEqualTo(PostgresErrorCode.DATABASE_REFUSED);
        late.get().close();
    }

    @Test
    void anOldPostgresAndOtherProductsAreRefused() {
        WarehouseServer.requireSupported("PostgreSQL 13.0 on x86_64", 130_000);
        assertThatThrownBy(() -> WarehouseServer.requireSupported("PostgreSQL 12.22 on x86_64", 120_022))
                .hasMessageContaining("PostgreSQL 13 or later").extracting("code")
                .isEqualTo(PostgresErrorCode.DATABASE_UNSUPPORTED);
        assertThatThrownBy(() -> WarehouseServer.requireSupported("CockroachDB CCL v24", 130_000))
                .extracting("code").isEqualTo(PostgresErrorCode.DATABASE_UNSUPPORTED);
    }

    /** The list gives each script the checksum that Flyway has given it, or a start would ask Flyway each time. */
    @Test
    void theMigrationsOfTheBuildAreThoseThatFlywayApplies() throws IOException {
        Path classes = directory.resolve("classes");
        Files.createDirectories(classes.resolve("db"));
        Files.createSymbolicLink(classes.resolve("db/migration"),
                Path.of("src/main/resources/db/migration").toAbsolutePath());
        Path list = classes.resolve("fr/pennylanesync/warehouse/shipped-migrations.txt");
        Files.createDirectories(list.getParent());
        ShippedMigrations.note(classes);
        assertThat(Files.readAllLines(list)).containsExactlyInAnyOrderElementsOf(warehouse.jdbc()
                .sql("select script || ' ' || checksum from pennylane_sync.flyway_schema_history where type = 'SQL'")
                .query(String.class).list());
    }

    @Test
    void aSchemaOfANewerVersionIsNotWrittenTo() {
        warehouse.jdbc().sql("""
                insert into pennylane_sync.flyway_schema_history
                    (installed_rank, version, description, type, script, installed_by, execution_time, success)
                values (9999, '9999', 'newer', 'SQL', 'V9999__newer.sql', 'x', 1, true)""").update();
        try {
            assertThatThrownBy(() -> Warehouse.open(settings(Optional.of(database(server.password(), "pennylane")),
                    Duration.ofSeconds(10)))).extracting("code").isEqualTo(PostgresErrorCode.MIGRATION_FAILED);
        } finally {
            warehouse.jdbc().sql("delete from pennylane_sync.flyway_schema_history where installed_rank = 9999")
                    .update();
        }
    }

    private static Settings.Warehouse settings(Optional<Settings.Database> database, Duration startTimeout) {
        return new Settings.Warehouse(database, new Settings.Embedded(directory, 0), 4, startTimeout);
    }

    private static Settings.Database database(Secret password, String name) {
        return new Settings.Database(server.jdbcUrl().replaceFirst("/pennylane$", "/" + name), server.username(),
                Optional.of(password));
    }

    private static String setting(String name) {
        return warehouse.jdbc().sql("select current_setting(?)").param(name).query(String.class).single();
    }

    private static int backend() {
        return warehouse.jdbc().sql("select pg_backend_pid()").query(Integer.class).single();
    }

    private static int backendOf(Connection connection) {
        try (var result = connection.createStatement().executeQuery("select pg_backend_pid()")) {
            result.next();
            return result.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
