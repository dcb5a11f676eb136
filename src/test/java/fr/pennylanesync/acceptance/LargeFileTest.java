package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.acceptance.ProcessInstallation.EndedProcess;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.api.FileKind;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that is larger than the heap of its process, 256 MB, among others. Larger still with
 * {@code -Darchive.large-mb}.
 */
@Tag("minutes")
class LargeFileTest {

    private static final long MEGABYTES = Integer.getInteger("archive.large-mb", 270);

    @TempDir
    Path home;

    @Test
    void aFileLargerThanTheHeapIsArchivedAndVerified() {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRecords(40).withRateLimit(RateLimit.OFF);
        Settings.Database database = TestWarehouse.readyDatabase();
        try (Sandbox sandbox = Sandbox.start(options);
                Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            long company = sandbox.companies().get(0).id();
            long record = sandbox.truth().records(company, "quotes")
                    .filter(quote -> quote.json().path("public_file_url").isTextual())
                    .findFirst().orElseThrow().json().path("id").longValue();
            sandbox.enlarge(FileKind.QUOTE, company, record, MEGABYTES * 1_000_000);
            ProcessInstallation installation = ProcessInstallation.of(home, sandbox).into(database);
            EndedProcess synced = installation.run("sync", "--files", "--stream", "quotes");
            assertThat(synced.exitCode()).as(synced.all()).isZero();
            assertThat(warehouse.jdbc()
                    .sql("select size from pennylane_sync.file where record_id = ? and state = 'ARCHIVED'")
                    .param(record)
                    .query(Long.class).single()).isGreaterThanOrEqualTo(MEGABYTES * 1_000_000);
            EndedProcess verified = installation.run("verify");
            assertThat(verified.exitCode()).as(verified.all()).isZero();
            assertThat(verified.out()).contains("0 missing, 0 altered, 0 surplus");
        }
    }
}
