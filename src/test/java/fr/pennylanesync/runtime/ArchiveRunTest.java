package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.archive.ArchiveVerification;
import fr.pennylanesync.archive.EmbeddedS3;
import fr.pennylanesync.archive.FileProgress.StreamFiles;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultRule;
import fr.pennylanesync.stream.FileField;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file field of the sandbox to an object in a real S3, through the real routes. */
class ArchiveRunTest {

    private static final Duration OLDEST_URL = Duration.ofSeconds(60);

    @TempDir Path directory;

    @Test
    void everyFileIsArchivedOnceAndASecondRunFetchesNothing() {
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRecords(1_000).withRateLimit(RateLimit.OFF);
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.create()) {
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, directory)) {
                run.sync(withFiles(run));
                run.archive();
                assertComplete(sandbox, warehouse, run);
                assertThat(perRequest(run, "supplier_invoices")).isGreaterThanOrEqualTo(50);
            }
            assertUrlsWereYoungAndBare(sandbox);
            assertNoUrlIsKept(warehouse);
            long files = fetched(sandbox).size();
            try (TestRun again = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, directory)) {
                again.sync(withFiles(again));
                again.archive();
                assertThat(again.runtime.archive().progress().all()).isEmpty();
            }
            assertThat(fetched(sandbox)).hasSize((int) files);
        }
    }

    @Test
    void anObjectThatWasStoredBeforeACrashIsAdopted() {
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF);
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.create()) {
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, directory)) {
                run.sync(withFiles(run));
                run.archive();
                // As if the process had died between upload and commit: the objects are there, the records of them are not.
                warehouse.jdbc().sql("""
                        update pennylane_sync.file set state = 'PENDING', object_key = null, size = null, sha256 = null, content_type = null,
                            record_year = null, archived_at = null, confirmed_at = null""").update();
                run.archive();
                assertComplete(sandbox, warehouse, run);
            }
        }
    }

    @Test
    void whileTheBucketIsAwayNothingIsAskedForAndNoFileIsBlamed() throws Exception {
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRateLimit(RateLimit.OFF);
        EmbeddedS3 server = EmbeddedS3.start(directory.resolve("server"), 0);
        Map<String, String> s3 = Map.of("archive.directory", directory.toString(), "archive.s3.endpoint", server.endpoint().toString(),
                "archive.s3.bucket", EmbeddedS3.BUCKET, "archive.s3.access-key", server.accessKey(),
                "archive.s3.secret-key", server.secretKey().reveal(), "archive.s3.path-style", "true", "archive.s3.prefix", "books/fr");
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.create();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, s3)) {
            run.sync(withFiles(run));
            long requests = sandbox.requests().total();
            server.close();
            Thread archiving = new Thread(run::archive, "archiving");
            archiving.start();
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> sandbox.requests().total() == requests);
            server = EmbeddedS3.start(directory.resolve("server"), server.endpoint().getPort());
            archiving.join();
            assertComplete(sandbox, warehouse, run);
            assertThat(warehouse.jdbc().sql("select max(attempts) from pennylane_sync.file").query(Integer.class).single()).isEqualTo(1);
        } finally {
            server.close();
        }
    }

    @Test
    void faultsOfTheFileHostCostAttemptsAndNoFile() {
        FaultPlan plan = FaultPlan.of(Stream.of(FaultKind.TRUNCATED_BODY, FaultKind.HTML_IN_200, FaultKind.ERROR_IN_200, FaultKind.RESET,
                FaultKind.UNAVAILABLE, FaultKind.DRIP)
                .map(kind -> FaultRule.withProbability(kind, 0.05).onPath("/files/").lasting(Duration.ofMillis(300))).toArray(FaultRule[]::new));
        SandboxOptions options = SandboxOptions.defaults().withCompanies(1).withRecords(1_000).withRateLimit(RateLimit.OFF).withFaults(plan);
        try (Sandbox sandbox = Sandbox.start(options); Warehouse warehouse = TestWarehouse.create();
                TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, directory)) {
            run.sync(withFiles(run));
            run.archive();
            assertThat(sandbox.faults().count(FaultKind.TRUNCATED_BODY)).isPositive();
            assertThat(sandbox.faults().count(FaultKind.ERROR_IN_200)).isPositive();
            assertComplete(sandbox, warehouse, run);
            assertUrlsWereYoungAndBare(sandbox);
        }
    }

    private static void assertComplete(Sandbox sandbox, Warehouse warehouse, TestRun run) {
        long company = sandbox.companies().get(0).id();
        long expected = run.catalog.all().stream().filter(StreamDefinition::enabled).mapToLong(stream -> expected(sandbox, company, stream)).sum();
        assertThat(expected).isPositive();
        assertThat(run.runtime.archive().progress().all()).allSatisfy(stream -> assertThat(stream.stoppedBy()).isEmpty());
        assertThat(warehouse.jdbc().sql("select error_code from pennylane_sync.file where state <> 'ARCHIVED'").query(String.class).list())
                .isEmpty();
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.file where state = 'ARCHIVED'").query(Long.class).single())
                .isEqualTo(expected);
        ArchiveVerification.Result verified = new ArchiveVerification(warehouse.jdbc(), run.runtime.archive().bucket())
                .verify(List.of(company), List.of(), OptionalInt.empty());
        assertThat(verified.differences()).isEmpty();
        assertThat(verified.objects()).isPositive();
    }

    /** The lists with files, or with files in their sub-lists. */
    private static List<StreamDefinition> withFiles(TestRun run) {
        return run.catalog.roots().stream().filter(stream -> !stream.files().isEmpty()
                || run.catalog.childrenOf(stream.name()).stream().anyMatch(child -> !child.files().isEmpty())).toList();
    }

    private static long expected(Sandbox sandbox, long company, StreamDefinition stream) {
        if (stream.files().isEmpty()) {
            return 0;
        }
        return sandbox.truth().records(company, stream.name())
                .mapToLong(record -> stream.files().stream().filter(field -> hasUrl(record.json(), field)).count()).sum();
    }

    private static boolean hasUrl(JsonNode record, FileField field) {
        JsonNode node = record;
        for (String step : field.path()) {
            node = node.path(step);
        }
        return node.isTextual();
    }

    private static double perRequest(TestRun run, String stream) {
        StreamFiles figures = run.runtime.archive().progress().all().stream().filter(one -> one.stream().equals(stream)).findFirst().orElseThrow();
        return (double) figures.archived() / figures.requests();
    }

    private static List<LoggedRequest> fetched(Sandbox sandbox) {
        return sandbox.requests().all().stream().filter(LoggedRequest::isFile).toList();
    }

    private static void assertUrlsWereYoungAndBare(Sandbox sandbox) {
        assertThat(fetched(sandbox)).isNotEmpty().allSatisfy(request -> {
            assertThat(request.fileUrlAge().orElseThrow()).isLessThanOrEqualTo(OLDEST_URL);
            assertThat(request.authorizationSent()).isFalse();
        });
    }

    private static void assertNoUrlIsKept(Warehouse warehouse) {
        List<String> tables = warehouse.jdbc().sql("""
                select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('pennylane', 'pennylane_sync')""")
                .query(String.class).list();
        assertThat(tables).allSatisfy(table -> assertThat(warehouse.jdbc()
                .sql("select count(*) from " + table + " t where t::text like '%/files/%'").query(Long.class).single()).isZero());
    }
}
