package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.archive.s3.ArchiveVerification;
import fr.pennylanesync.digest.DigestVerification;
import fr.pennylanesync.digest.DigestVerification.DigestVerificationResult;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.verification.Verification.VerificationResult;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A warehouse and an archive that were filled before there were digest documents, numbers of batches and a second
 * version of their hash, as they were dumped then: whatever a later version adds, they are brought up to date where
 * they stand, what was proven stays proven, and the next sync goes on.
 */
class ExistingWarehouseTest {

    private static final String FOLDER = "/existing/";

    @TempDir
    Path directory;

    @Test
    void aWarehouseFromBeforeTheAnchorGoesOnAndIsAnchored() throws Exception {
        Settings.Database database = restored();
        unpackArchive();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(20)
                .withRateLimit(RateLimit.OFF));
                Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database));
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, directory)) {
            assertThat(count(warehouse, "pennylane_sync.batch where hash_version = 1")).isGreaterThan(20);
            assertThat(count(warehouse, "pennylane_sync.batch where hash_version > 1")).isZero();
            assertThat(count(warehouse, "pennylane.ledger_entry_lines_history where valid_to is not null"))
                    .isEqualTo(count(warehouse, "pennylane_sync.record_version"
                            + " where stream = 'ledger_entry_lines' and deleted_at is null"))
                    .isPositive();
            assertThat(verified(warehouse, run).rows()).isGreaterThan(100);
            assertThat(filesVerified(warehouse, run)).isPositive();

            sandbox.mutate(sandbox.companies().get(0).id(), new Random(11), "change_amounts");
            run.sync();
            run.archive();
            assertThat(run.runtime.anchorIfDue()).isEmpty();

            assertThat(count(warehouse, "pennylane_sync.batch where hash_version > 1")).isPositive();
            verified(warehouse, run);
            filesVerified(warehouse, run);
            DigestVerificationResult anchored =
                    new DigestVerification(run.settings, warehouse.jdbc(), Optional.empty(), List.of(), List.of())
                            .latest(run.runtime.archive().bucket());
            assertThat(anchored.differences()).isEmpty();
            assertThat(anchored.heads()).isGreaterThan(20);
        }
    }

    private static VerificationResult verified(Warehouse warehouse, TestRun run) {
        VerificationResult verified =
                new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog).verify();
        assertThat(verified.differences()).isEmpty();
        return verified;
    }

    private static long filesVerified(Warehouse warehouse, TestRun run) {
        ArchiveVerification.ArchiveVerificationResult verified =
                new ArchiveVerification(warehouse.jdbc(), run.runtime.archive().bucket()).verify(
                        run.runtime.companies().active().stream().map(company -> company.id()).toList(), List.of(),
                        OptionalInt.empty());
        assertThat(verified.differences()).isEmpty();
        return verified.rehashed();
    }

    private static long count(Warehouse warehouse, String rows) {
        return warehouse.jdbc().sql("select count(*) from " + rows).query(Long.class).single();
    }

    /** The dump that pg_dump wrote, without the lines that only psql understands. */
    private static Settings.Database restored() throws IOException, SQLException {
        Settings.Database database = TestWarehouse.newDatabase();
        String dump;
        try (InputStream file = new GZIPInputStream(resource("warehouse.sql.gz"))) {
            dump = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.username(),
                database.password().orElseThrow().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute(dump);
        }
        return database;
    }

    private void unpackArchive() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(resource("archive.zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName()).normalize();
                assertThat(file).startsWithRaw(directory);
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }

    private static InputStream resource(String name) {
        return ExistingWarehouseTest.class.getResourceAsStream(FOLDER + name);
    }
}
