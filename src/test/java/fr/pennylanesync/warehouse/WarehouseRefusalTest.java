package fr.pennylanesync.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.postgres.PostgresErrorCode;
import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that answers and is of no use: it can only be read, or a pooler takes its sessions apart. */
class WarehouseRefusalTest {

    /** With one session, a connection waits for it for ever while another one's transaction holds it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20})
    void aTransactionPoolerIsRecognised(int sessions) throws IOException {
        Settings.Database direct = TestWarehouse.newDatabase();
        try (TransactionPooler pooler = new TransactionPooler(port(direct), sessions)) {
            assertThatThrownBy(() -> Warehouse.open(settings(at(direct, pooler.port())))).extracting("code")
                    .isEqualTo(PostgresErrorCode.DATABASE_POOLED);
        }
        Warehouse.open(settings(direct)).close();
    }

    @Test
    void whoOnlyLooksRecognisesATransactionPoolerToo() throws IOException {
        Settings.Database direct = TestWarehouse.newDatabase();
        try (TransactionPooler pooler = new TransactionPooler(port(direct), 5)) {
            Settings.Warehouse pooled = settings(at(direct, pooler.port()));
            assertThatThrownBy(() -> WarehouseInspection.open(pooled)).extracting("code")
                    .isEqualTo(PostgresErrorCode.DATABASE_POOLED);
            assertThatThrownBy(() -> Warehouse.openToRead(pooled, message -> {})).extracting("code")
                    .isEqualTo(PostgresErrorCode.DATABASE_POOLED);
        }
    }

    @Test
    void aReadOnlyWarehouseCanBeReadAndIsRefusedToWhoeverWrites() {
        Settings.Database database = TestWarehouse.newDatabase();
        Warehouse.open(settings(database)).close();
        readOnly(database, "on");

        assertThatThrownBy(() -> Warehouse.open(settings(database))).extracting("code")
                .isEqualTo(PostgresErrorCode.DATABASE_READ_ONLY);
        try (Warehouse warehouse = Warehouse.openToRead(settings(database), message -> {})) {
            assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.company").query(Long.class).single())
                    .isZero();
            assertThatThrownBy(warehouse::check).extracting("code").isEqualTo(PostgresErrorCode.DATABASE_READ_ONLY);
        }
        readOnly(database, "off");
        try (Warehouse warehouse = Warehouse.open(settings(database))) {
            warehouse.check();
        }
    }

    @Test
    void aReadOnlyDatabaseWithoutOurSchemaIsNoUseEvenToReaders() {
        Settings.Database database = TestWarehouse.newDatabase();
        readOnly(database, "on");

        assertThatThrownBy(() -> Warehouse.openToRead(settings(database), message -> {})).extracting("code")
                .isEqualTo(PostgresErrorCode.DATABASE_READ_ONLY);
    }

    private static void readOnly(Settings.Database database, String value) {
        TestWarehouse.asAdmin("alter database " + database.jdbcUrl().replaceFirst(".*/", "")
                + " set default_transaction_read_only = " + value);
    }

    private static Settings.Warehouse settings(Settings.Database database) {
        return new Settings.Warehouse(Optional.of(database), new Settings.Embedded(Path.of("unused"), 0), 4,
                Duration.ZERO);
    }

    private static int port(Settings.Database database) {
        return URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
    }

    private static Settings.Database at(Settings.Database database, int port) {
        return new Settings.Database(database.jdbcUrl().replaceFirst(":\\d+/", ":" + port + "/"), database.username(),
                database.password());
    }
}
