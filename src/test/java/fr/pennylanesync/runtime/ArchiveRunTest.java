package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.archive.s3.EmbeddedS3;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file field of the sandbox to an object in a real S3, through the real routes. */
class ArchiveRunTest {

    @TempDir
    Path directory;

    @Test
    void everyFileIsArchivedOnceAndASecondRunFetchesNothing() {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(1).withRecords(1_000).withRateLimit(RateLimit.OFF);
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready()) {
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, directory)) {
                run.sync(FileTruth.streams(run));
                run.archive();
                FileTruth.assertComplete(sandbox, warehouse, run);
                assertThat(FileTruth.perRequest(run, "supplier_invoices")).isGreaterThanOrEqualTo(50);
            }
            FileTruth.assertUrlsWereYoungAndBare(sandbox);
            FileTruth.assertNoUrlIsKept(warehouse);
            long files = FileTruth.fetched(sandbox).size();
            try (TestRun again = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, directory)) {
                again.sync(FileTruth.streams(again));
                again.archive();
                assertThat(again.runtime.archive().progress().all()).isEmpty();
            }
            assertThat(FileTruth.fetched(sandbox)).hasSize((int) files);
        }
    }

    @Test
    void anObjectThatWasStoredBeforeACrashIsAdopted() {
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF);
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready()) {
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, directory)) {
                run.sync(FileTruth.streams(run));
                run.archive();
                // As if the process had died between upload and commit: the objects are there, the records of them are
                // not.
                warehouse.jdbc().sql("""
                        update pennylane_sync.file set state = 'PENDING', object_key = null, size = null,
                            sha256 = null, content_type = null,
                            record_year = null, archived_at = null, confirmed_at = null""").update();
                run.archive();
                FileTruth.assertComplete(sandbox, warehouse, run);
            }
        }
    }

    @Test
    void whileTheBucketIsAwayNothingIsAskedForAndNoFileIsBlamed() throws Exception {
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF);
        EmbeddedS3 server = EmbeddedS3.start(directory.resolve("server"), 0);
        Map<String, String> s3 =
                Map.of("archive.directory", directory.toString(), "archive.s3.endpoint", server.endpoint().toString(),
                        "archive.s3.bucket", EmbeddedS3.BUCKET, "archive.s3.access-key", server.accessKey(),
                        "archive.s3.secret-key", server.secretKey().reveal(), "archive.s3.path-style", "true",
                        "archive.s3.prefix", "books/fr");
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.ready();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, s3)) {
            run.sync(FileTruth.streams(run));
            long requests = sandbox.requests().total();
            server.close();
            Thread archiving = new Thread(run::archive, "archiving");
            archiving.start();
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(30))
                    .until(() -> sandbox.requests().total() == requests);
            server = EmbeddedS3.start(directory.resolve("server"), server.endpoint().getPort());
            archiving.join();
            FileTruth.assertComplete(sandbox, warehouse, run);
            assertThat(
                    warehouse.jdbc().sql("select max(attempts) from pennylane_sync.file").query(Integer.class).single())
                    .isEqualTo(1);
        } finally {
            server.close();
        }
    }
}
