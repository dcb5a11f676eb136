package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * What the archive's own route files do, in which order and on which way out: the files are real, what they call is
 * not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveRoutesTest extends CamelTestSupport {

    private static final RouteSnapshot FILES = RouteSnapshot.read(Path.of("routes"));

    @TempDir
    static Path directory;

    private final FakeArchive archive = new FakeArchive();
    private final IdempotentRepository archived = MemoryIdempotentRepository.memoryIdempotentRepository();
    private final List<PutObjectRequest> puts = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(2, work -> new Thread(work, "company-thread"));
    private static final Set<String> POLICIES = Set.of("caller-decides", "file-failure", "job-failure");
    private RuntimeException putFails;

    /** Answers puts, and nothing else. */
    private final class FakeBucket implements S3Client {

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody content) {
            archive.calls.add("put");
            if (putFails != null) {
                throw putFails;
            }
            puts.add(request);
            return PutObjectResponse.builder().eTag("e").build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    /** Writes down where a transaction begins and how it ends. */
    private final class FakeTransaction implements Policy {

        @Override
        public void beforeWrap(Route route, NamedNode definition) {
            // The steps stay as the route says.
        }

        @Override
        public Processor wrap(Route route, Processor steps) {
            return exchange -> {
                archive.calls.add("begin transaction");
                steps.process(exchange);
                archive.calls.add(exchange.getException() == null ? "commit" : "rollback");
            };
        }
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        Properties settings = TestSettings.withoutDelay();
        settings.setProperty("archive.bucket", "archive");
        TestSettings.give(context, settings);
        context.getComponent("aws2-s3", AWS2S3Component.class).getConfiguration().setFileName("none");
        context.getRegistry().bind("archive", archive);
        context.getRegistry().bind("archivedFiles", archived);
        context.getRegistry().bind("archiveClient", new FakeBucket());
        context.getRegistry().bind("warehouseTransaction", new FakeTransaction());
        context.getRegistry().bind("fileThreads", workers);
        context.getRegistry().bind("companyThreads", workers);
        context.getRegistry().bind("jobFailures", new JobFailures(new Outages()));
        context.getRegistry().bind("quietRedelivery", new QuietRedelivery());
        context.getRegistry().bind("foreignFailures", new ForeignFailures());
        CamelContexts.load(context, routes());
        AdviceWith.adviceWith(context, "archive-files", job -> job.replaceFromWith("direct:tick"));
        return context;
    }

    private static List<RouteText> routes() {
        return Stream.of(FILES.in("policies").stream().filter(file -> POLICIES.contains(file.id())),
                FILES.in("steps").stream().filter(file -> file.id().startsWith("archive-")),
                FILES.in("jobs").stream().filter(file -> file.id().equals("archive-files")))
                .flatMap(files -> files).toList();
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read-page").errorHandler(noErrorHandler()).process(exchange -> archive.pageRead());
            }
        };
    }

    @BeforeEach
    void forget() {
        archive.forget();
        archived.clear();
        puts.clear();
        putFails = null;
    }

    @AfterAll
    void stopWorkers() {
        workers.shutdown();
    }

    @Test
    void theStepsOfARunComeInTheirOrder() throws IOException {
        files(file(1, true));

        run();

        assertThat(archive.calls).containsExactly("takeLease", "dueStreams", "open", "begin", "requireBucket",
                "read-page", "takePage", "recordMissing", "download", "check", "put", "readBack",
                "begin transaction", "recordArchived", "commit", "discard 1",
                "endBatch", "close", "releaseLease");
        assertThat(archived.contains(archive.files.get(0).contentKey())).as("confirmed").isTrue();
    }

    @Test
    void thePutCarriesWhatTheObjectIsAndNothingThatCameFromElsewhere() throws IOException {
        files(file(7, true));

        Exchange ended = template.send("direct:archive-put", exchange -> {
            exchange.setVariable("file", archive.files.get(0));
            exchange.getMessage().setHeader("CamelAwsS3OverrideBucketName", "elsewhere");
            exchange.getMessage().setHeader("CamelAwsS3CannedAcl", "PublicRead");
            exchange.getMessage().setHeader("Authorization", "Bearer x");
        });

        assertThat(ended.getException()).isNull();
        assertThat(puts).singleElement().satisfies(put -> {
            assertThat(put.bucket()).isEqualTo("archive");
            assertThat(put.key()).isEqualTo(archive.files.get(0).upload().key().text());
            assertThat(put.metadata()).isEqualTo(archive.files.get(0).upload().metadata());
            assertThat(put.contentType()).isEqualTo("application/pdf");
            assertThat(put.contentLength()).isEqualTo(1);
            assertThat(put.ifNoneMatch()).isEqualTo("*");
            assertThat(put.acl()).isNull();
        });
        assertThat(archive.headersAtReadBack).isEmpty();
    }

    @Test
    void whatIsArchivedAlreadyIsNotPutAndItsOutcomeIsRecorded() throws IOException {
        files(file(1, true));
        archived.add(archive.files.get(0).contentKey());

        run();

        assertThat(archive.calls).doesNotContain("put", "readBack")
                .containsSubsequence("begin transaction", "recordArchived", "commit", "discard 1");
    }

    @Test
    void anObjectThatIsThereAlreadyIsReadBackAndRecorded() throws IOException {
        files(file(1, true));
        putFails = new SyncException(ArchiveErrorCode.ALREADY_STORED);

        run();

        assertThat(archive.calls).containsSubsequence("put", "adopt", "readBack", "recordArchived", "discard 1")
                .doesNotContain("keepFailure");
    }

    @Test
    void aLargeFileIsPutInParts() throws IOException {
        files(file(1, true));
        archive.large = true;

        run();

        assertThat(archive.calls).containsSubsequence("check", "putInParts", "readBack", "recordArchived")
                .doesNotContain("put");
    }

    @Test
    void whatWasNotFetchedIsRecordedAsASetback() throws IOException {
        files(file(1, false));

        run();

        assertThat(archive.calls).containsSubsequence("check", "begin transaction", "recordSetback", "commit",
                "discard 1").doesNotContain("put", "readBack", "recordArchived");
    }

    @Test
    void theFailureOfOneFileLeavesTheOthers() throws IOException {
        files(file(1, true), file(2, true), file(3, true));
        archive.failures.put("download 2", new IllegalStateException("a fault"));

        run();

        assertThat(archive.calls).contains("discard 1", "discard 2", "discard 3", "failed");
        assertThat(Collections.frequency(archive.calls, "recordArchived")).isEqualTo(2);
        assertThat(Collections.frequency(archive.calls, "keepFailure")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"download", "check", "readBack", "recordArchived"})
    void theTemporaryFileIsDiscardedAndTheKeyNotConfirmedWhereverAFileFails(String step) throws IOException {
        files(file(1, true));
        archive.failures.put(step + " 1", new IllegalStateException("a fault"));

        run();

        assertThat(archive.calls).containsSubsequence(step, "keepFailure", "discard 1", "endBatch", "failed",
                "releaseLease").doesNotContain("commit");
        assertThat(archived.contains(archive.files.get(0).contentKey())).isFalse();
    }

    @Test
    void aPutThatFailsIsNeitherReadBackNorRecorded() throws IOException {
        files(file(1, true));
        putFails = new SyncException(ArchiveErrorCode.REFUSED, "storing was answered with status 403");

        run();

        assertThat(archive.calls).containsSubsequence("put", "keepFailure", "discard 1", "endBatch", "failed",
                "releaseLease").doesNotContain("readBack", "recordArchived");
        assertThat(archive.told).containsExactly(putFails);
    }

    @Test
    void anOutcomeThatCannotBeWrittenIsRolledBack() throws IOException {
        files(file(1, true));
        archive.failures.put("recordArchived 1", new IllegalStateException("a fault"));

        run();

        assertThat(archive.calls).containsSubsequence("put", "readBack", "begin transaction", "recordArchived",
                "rollback", "keepFailure");
    }

    @Test
    void aBatchThatBreaksOffIsBegunAgainUntilItsAttemptsAreUsedUp() throws IOException {
        files(file(1, true));
        archive.failures.put("requireBucket", new SyncException(ArchiveErrorCode.UNAVAILABLE, "no answer"));

        run();

        assertThat(Collections.frequency(archive.calls, "begin")).isEqualTo(9);
        assertThat(archive.calls).doesNotContain("read-page", "download").endsWith("failed", "releaseLease");
    }

    /** What is too large is so each time; anything else is asked for again first. */
    @ParameterizedTest
    @CsvSource({"SERVER_ERROR, 4", "BODY_TOO_LARGE, 1"})
    void aRecordWhoseAnswerFailsIsLookedForAndThePassGoesOn(ApiErrorCode code, int asked) {
        archive.isolates = true;
        archive.failures.put("read-page", new SyncException(code));

        run();

        assertThat(Collections.frequency(archive.calls, "read-page")).isEqualTo(asked);
        assertThat(archive.calls).containsSubsequence("read-page", "isolate", "close", "releaseLease")
                .doesNotContain("failed", "takePage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"takeLease", "dueStreams", "open", "begin", "requireBucket", "read-page", "recordMissing",
            "endBatch", "close"})
    void theLeaseIsGivenBackAndTheFailureToldOnEveryWayOut(String step) throws IOException {
        files(file(1, true));
        archive.failures.put(step, new IllegalStateException("a fault"));

        run();

        assertThat(archive.calls).contains(step).endsWith("failed", "releaseLease");
        assertThat(archive.told).hasSize(1);
    }

    @Test
    void anErrorIsToldToo() throws IOException {
        files(file(1, true));
        archive.failures.put("open", new StackOverflowError());

        run();

        assertThat(archive.calls).endsWith("failed", "releaseLease");
        assertThat(archive.told).singleElement().satisfies(told -> assertThat(told)
                .hasRootCauseInstanceOf(StackOverflowError.class));
    }

    @Test
    void withoutTheLeaseNothingIsDone() {
        archive.leased = false;

        run();

        assertThat(archive.calls).containsExactly("takeLease", "releaseLease");
    }

    @Test
    void theLoopEndsWhenThePassHasNoNextBatchAndTheNextStreamFollows() {
        archive.batches = 3;
        archive.streams = List.of("quotes", "customer_invoices");

        run();

        assertThat(Collections.frequency(archive.calls, "endBatch")).isEqualTo(6);
        assertThat(archive.calls).containsSubsequence("open", "close", "open", "close", "releaseLease");
        assertThat(Collections.frequency(archive.calls, "close")).isEqualTo(2);
    }

    @Test
    void aStreamThatFailsLeavesTheNextOne() {
        archive.streams = List.of("quotes", "customer_invoices");
        archive.failures.put("requireBucket", new IllegalStateException("a fault"));

        run();

        assertThat(Collections.frequency(archive.calls, "open")).isEqualTo(2);
        assertThat(archive.told).hasSize(2);
        assertThat(archive.calls).doesNotContain("close").endsWith("releaseLease");
    }

    @Test
    void theJobBeginsOneRunForEachCompanyThatIsDueOnItsThreads() {
        archive.companies = List.of(3L, 5L, 8L);

        Exchange ended = template.send("direct:tick", exchange -> {});

        assertThat(ended.getException()).isNull();
        assertThat(archive.runs).containsExactlyInAnyOrder("3 company-thread", "5 company-thread", "8 company-thread");
        assertThat(Collections.frequency(archive.calls, "releaseLease")).isEqualTo(3);
    }

    private void run() {
        Exchange ended = template.send("direct:archive-company", exchange -> exchange.setVariable("companyId", 1L));
        assertThat(ended.getException()).as("everything is told where it happens").isNull();
    }

    private void files(FakeArchive.File... files) {
        archive.files = List.of(files);
    }

    private static FakeArchive.File file(int number, boolean fetched) throws IOException {
        return FakeArchive.File.of(number, fetched,
                Files.write(directory.resolve("file-" + number), new byte[] {(byte) number}));
    }
}
