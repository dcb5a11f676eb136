package fr.pennylanesync.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.archive.ArchiveAccess;
import fr.pennylanesync.archive.RoutePut;
import fr.pennylanesync.archive.TestFiles;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Objects are written once, confirmed, recognised, and never replaced: against the embedded server, over its real
 * protocol.
 */
class S3ArchiveTest {

    private static final int PART = 5 * 1024 * 1024;

    @TempDir
    Path directory;
    private RoutePut route;
    private S3Archive archive;

    @BeforeEach
    void open() {
        route = new RoutePut(TestFiles.embedded(directory.resolve("archive")), Clock.systemUTC(), PART);
        archive = route.archive();
    }

    @AfterEach
    void close() {
        route.close();
    }

    @Test
    void anObjectIsStoredOnceAndConfirmed() {
        Upload upload = TestFiles.upload(directory, 7, TestFiles.pdf(1));
        assertThat(route.put(upload)).isTrue();
        archive.confirm(upload, true);

        var head = archive.client().headObject(archive.headRequest(upload.key().text()));
        assertThat(head.contentType()).isEqualTo("application/pdf");
        assertThat(head.metadata()).containsEntry("sha256", upload.key().hash().toString()).containsOnlyKeys("sha256",
                "company");
        assertThat(archive.head(upload.key()).orElseThrow().checksum()).contains(upload.key().hash());

        assertThat(route.put(upload)).isFalse();
        archive.confirm(upload, false);
        assertThat(keys()).containsExactly(upload.key().text());
    }

    @Test
    void aLargeObjectGoesInPartsWithItsMetadata() {
        Upload upload = TestFiles.upload(directory, 8, TestFiles.random(2 * PART + 12_345, 3));
        assertThat(route.put(upload)).isTrue();
        archive.confirm(upload, true);

        assertThat(archive.head(upload.key()).orElseThrow().noted()).contains(upload.key().hash());
        assertThat(archive.rehash(upload.key())).isEqualTo(upload.key().hash());
        assertThat(route.put(upload)).isFalse();
        archive.confirm(upload, false);
    }

    @Test
    void aLargeFileThatChangesUnderWayIsNotStored() throws Exception {
        Upload upload = TestFiles.upload(directory, 9, TestFiles.random(PART + 1, 4));
        Files.write(upload.file(), TestFiles.random(PART + 1, 5));
        assertThatThrownBy(() -> route.put(upload)).isInstanceOf(SyncException.class)
                .hasMessageContaining("LOCAL_FILE_CHANGED");
        assertThat(keys()).isEmpty();
        assertThat(archive.client().listMultipartUploads(r -> r.bucket(archive.bucket())).uploads()).isEmpty();
    }

    @Test
    void aFileThatIsNotItsHashIsRefusedByTheServer() throws Exception {
        Upload upload = TestFiles.upload(directory, 10, TestFiles.pdf(1));
        byte[] altered = Files.readAllBytes(upload.file());
        altered[altered.length / 2] ^= 1;
        Files.write(upload.file(), altered);
        assertThatThrownBy(() -> route.put(upload)).isInstanceOf(SyncException.class)
                .hasMessageContaining("REFUSED");
        assertThat(keys()).isEmpty();
    }

    @Test
    void aPutThatDoesNotNameItsHashIsNotSent() {
        Upload upload = TestFiles.upload(directory, 10, TestFiles.pdf(1));
        Settings.Archive settings = TestFiles.embedded(directory.resolve("archive"));
        try (ArchiveAccess access = new ArchiveAccess(settings, Optional.empty(), 1)) {
            assertThatThrownBy(() -> access.client().putObject(r -> r.bucket(archive.bucket()).key(upload.key().text()),
                    RequestBody.fromFile(upload.file()))).hasMessageContaining("without the metadata sha256");
        }
        assertThat(keys()).isEmpty();
    }

    @Test
    void otherContentUnderTheKeyIsFoundAndKept() {
        Upload upload = TestFiles.upload(directory, 11, TestFiles.pdf(1));
        archive.client().putObject(r -> r.bucket(archive.bucket()).key(upload.key().text()),
                RequestBody.fromString("foreign"));
        assertThat(route.put(upload)).isFalse();
        assertThatThrownBy(() -> archive.confirm(upload, false))
                .isInstanceOfSatisfying(SyncException.class,
                        e -> assertThat(e.code()).isEqualTo(ArchiveErrorCode.KEY_HOLDS_OTHER_CONTENT));
        assertThat(archive.rehash(upload.key())).isEqualTo(Sha256.of("foreign".getBytes()));
    }

    @Test
    void ofManyWritersOneStoresAndTheOthersRecognise() throws Exception {
        Upload upload = TestFiles.upload(directory, 12, TestFiles.random(300_000, 1));
        try (RoutePut other = RoutePut.into(directory.resolve("archive"))) {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                RoutePut own = i % 2 == 0 ? route : other;
                writers.add(() -> own.put(upload));
            }
            int created = 0;
            for (Future<Boolean> writer : threads.invokeAll(writers)) {
                created += writer.get() ? 1 : 0;
            }
            threads.shutdown();
            assertThat(created).isEqualTo(1);
        }
    }

    @Test
    void objectsOutlastAStopAndTheKeyIsKept() {
        Upload upload = TestFiles.upload(directory, 13, TestFiles.pdf(2));
        route.put(upload);
        String key = archive.embedded().orElseThrow().accessKey();
        route.close();
        open();
        assertThat(archive.embedded().orElseThrow().accessKey()).isEqualTo(key);
        assertThat(archive.rehash(upload.key())).isEqualTo(upload.key().hash());
    }

    @Test
    void whatAKilledServerLeftHalfWrittenIsClearedAwayAndNothingElse() throws Exception {
        Upload upload = TestFiles.upload(directory, 14, TestFiles.pdf(2));
        route.put(upload);
        var id = archive.client().createMultipartUpload(r -> r.bucket(archive.bucket()).key("1/quotes/2026/1/x.pdf"))
                .uploadId();
        archive.client().uploadPart(
                r -> r.bucket(archive.bucket()).key("1/quotes/2026/1/x.pdf").uploadId(id).partNumber(1),
                RequestBody.fromBytes(TestFiles.random(PART, 1)));
        Path object = directory.resolve("archive/objects/archive").resolve(upload.key().text());
        Path half = object.resolveSibling(object.getFileName() + "-" + UUID.randomUUID());
        Files.writeString(half, "half");
        route.close();
        open();
        assertThat(keys()).containsExactly(upload.key().text());
        try (Stream<Path> tree = Files.walk(directory.resolve("archive/objects"))) {
            assertThat(tree.filter(Files::isRegularFile)).containsExactly(object);
        }
    }

    @Test
    void theAccessKeyIsForItsOwnerOnly() throws Exception {
        assertThat(PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("archive/access-key")))).isEqualTo("rw-------");
    }

    @Test
    void retentionIsRefusedWhereTheBucketHasNoObjectLock() {
        assertThatThrownBy(() -> S3Archive
                .open(TestFiles.configured(archive.embedded().orElseThrow(), directory, EmbeddedS3.BUCKET,
                        Optional.of(Period.ofYears(10))), Clock.systemUTC()))
                .isInstanceOf(SyncException.class).hasMessageContaining("RETENTION_UNSUPPORTED")
                .hasMessageContaining("archive.retention");
    }

    @Test
    void aMissingBucketAWrongKeyAndASilentServerAreTold() {
        EmbeddedS3 server = archive.embedded().orElseThrow();
        assertThatThrownBy(() -> S3Archive.open(TestFiles.configured(server, directory, "absent", Optional.empty()),
                Clock.systemUTC()))
                .isInstanceOf(SyncException.class).hasMessageContaining("BUCKET_MISSING");
        var right = TestFiles.configured(server, directory, EmbeddedS3.BUCKET, Optional.empty());
        var s3 = right.s3();
        var wrong = new Settings.S3(s3.endpoint(), s3.region(), s3.bucket(),
                Optional.of(new Settings.Credentials(server.accessKey(),
                        Secret.of("wrong"))),
                true, "");
        assertThatThrownBy(() -> S3Archive.open(new Settings.Archive(wrong, directory, Optional.empty()),
                Clock.systemUTC())).isInstanceOf(SyncException.class).hasMessageContaining("REFUSED");
        try (S3Archive configured = S3Archive.open(right, Clock.systemUTC())) {
            route.close();
            assertThatThrownBy(configured::check).isInstanceOfSatisfying(SyncException.class,
                    e -> assertThat(e.retryable()).isTrue());
        }
        open();
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        archive.list("", (key, size) -> keys.add(key));
        return keys;
    }
}
