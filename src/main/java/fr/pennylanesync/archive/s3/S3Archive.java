package fr.pennylanesync.archive.s3;

import static fr.pennylanesync.archive.s3.ArchiveErrorCode.KEY_HOLDS_OTHER_CONTENT;
import static fr.pennylanesync.archive.s3.ArchiveErrorCode.OBJECT_READ_BACK_DIFFERS;
import static fr.pennylanesync.archive.s3.ArchiveErrorCode.PREFIX_REFUSED;
import static fr.pennylanesync.archive.s3.ArchiveErrorCode.RETENTION_NOT_CONFIRMED;
import static fr.pennylanesync.archive.s3.ArchiveErrorCode.RETENTION_UNSUPPORTED;
import static fr.pennylanesync.archive.s3.ArchiveErrorCode.UNAVAILABLE;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The bucket that files are archived in: each object is written once, under a key that names its content, and what the
 * server says of it is read back.
 */
public final class S3Archive implements AutoCloseable {

    static final String HASH_METADATA = "sha256";

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final Optional<Retention> retention;
    private final Optional<EmbeddedS3> embedded;
    private final long partSize;

    private S3Archive(S3Client client, String bucket, String prefix, Optional<Retention> retention,
            Optional<EmbeddedS3> embedded,
            long partSize) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
        this.retention = retention;
        this.embedded = embedded;
        this.partSize = partSize;
    }

    /**
     * Opens the configured bucket, or, where none is configured, an embedded server.
     *
     * @throws SyncException if it cannot be used as configured
     */
    public static S3Archive open(Settings.Archive settings, Clock clock) {
        return open(settings, clock, MultipartUpload.PART_SIZE);
    }

    public static S3Archive open(Settings.Archive settings, Clock clock, long partSize) {
        if (!ObjectKey.takesPrefix(settings.s3().prefix())) {
            throw new SyncException(PREFIX_REFUSED, "archive.s3.prefix cannot be part of an object key");
        }
        Optional<EmbeddedS3> embedded = settings.s3().bucket().isPresent() ? Optional.empty()
                : Optional.of(EmbeddedS3.start(settings.directory(), 0));
        S3Archive archive = new S3Archive(embedded.map(S3Clients::of).orElseGet(() -> S3Clients.of(settings.s3())),
                settings.s3().bucket().orElse(EmbeddedS3.BUCKET), settings.s3().prefix(),
                settings.retention().map(period -> new Retention(period, clock)), embedded, partSize);
        try {
            archive.check();
            return archive;
        } catch (RuntimeException refused) {
            archive.close();
            throw refused;
        }
    }

    /**
     * Asks the server whether the bucket can be used now: for start, readiness and doctor.
     *
     * @throws SyncException if not
     */
    public void check() {
        requireBucket();
        if (retention.isPresent() && !hasObjectLock()) {
            throw new SyncException(RETENTION_UNSUPPORTED,
                    "archive.retention is set, and the bucket has no Object Lock");
        }
    }

    /**
     * Tries whether the server keeps what lies under a key: to be asked once, before files are archived, since it
     * writes and deletes an empty object. Of the embedded server it is known.
     *
     * @throws SyncException if not
     */
    public void requireConditionalWrites() {
        if (embedded.isEmpty()) {
            new ConditionalWrites(client, bucket, prefix).require();
        }
    }

    /**
     * Asks the server whether the bucket is there now: before URLs are asked for that only it can take the files of.
     *
     * @throws SyncException if not
     */
    public void requireBucket() {
        S3Failures.named("looking for the bucket", this::headBucket);
    }

    private Object headBucket() {
        try {
            return client.headBucket(request -> request.bucket(bucket));
        } catch (S3Exception answer) {
            if (answer.statusCode() == S3Failures.NOT_FOUND) {
                throw new SyncException(ArchiveErrorCode.BUCKET_MISSING, "the bucket was not found");
            }
            throw answer;
        }
    }

    private boolean hasObjectLock() {
        try {
            return client.getObjectLockConfiguration(request -> request.bucket(bucket))
                    .objectLockConfiguration() != null;
        } catch (S3Exception answer) {
            if (S3Failures.isAbsentOrUnknown(answer)) {
                return false;
            }
            throw S3Failures.of("asking for the Object Lock", answer);
        }
    }

    /** Returns the client as the SDK has it; the routes put with {@link PutClient}. */
    public S3Client client() {
        return client;
    }

    public String bucket() {
        return bucket;
    }

    /** The beginning of every key; empty, or without a slash at its end. */
    public String prefix() {
        return prefix;
    }

    /** Returns where the embedded server listens, for people. */
    public Optional<EmbeddedS3> embedded() {
        return embedded;
    }

    /** The bucket's server, and the lock that each object gets. */
    public PutClient.Target target() {
        return new PutClient.Target(client, retention);
    }

    /** Tells whether a file is too large for one request. */
    public boolean needsParts(Upload upload) {
        return upload.size() > partSize;
    }

    /**
     * Stores a large file once, in parts. Content that lies there already is recognised and left alone.
     *
     * @return whether it was stored just now
     * @throws SyncException if it is not stored
     */
    public boolean putInParts(Upload upload) {
        return new MultipartUpload(client, bucket, retention.map(Retention::until), partSize).put(upload, this::exists);
    }

    private boolean exists(ObjectKey key) {
        return head(key).isPresent();
    }

    /** Without the checksum mode the server tells no checksum. */
    HeadObjectRequest headRequest(String key) {
        return HeadObjectRequest.builder().bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED).build();
    }

    Optional<StoredObject> head(ObjectKey key) {
        return head(key.text());
    }

    Optional<StoredObject> head(String key) {
        try {
            return Optional.of(StoredObject
                    .of(S3Failures.named("reading back an object", () -> client.headObject(headRequest(key)))));
        } catch (SyncException failure) {
            if (failure.code() == ArchiveErrorCode.OBJECT_MISSING) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Tells whether a lock keeps an object at this instant. */
    public boolean isLocked(String key, Instant now) {
        return head(key).flatMap(StoredObject::lockedUntil).filter(now::isBefore).isPresent();
    }

    /**
     * Removes an object for good, in a bucket that keeps versions too; one that is gone already is no fault.
     *
     * @throws SyncException if the server refuses
     */
    public void remove(String key) {
        head(key).ifPresent(object -> S3Failures.named("removing an object", () -> client.deleteObject(
                request -> request.bucket(bucket).key(key).versionId(object.version().orElse(null)))));
    }

    /**
     * Reads back what the server keeps of an object and holds it against what was to be stored. An object found there
     * that the server has no checksum for is read and hashed.
     *
     * @param created whether it was stored just now
     * @throws SyncException if what lies there is something else, or not locked as long as asked
     */
    public void confirm(Upload upload, boolean created) {
        confirm(upload.key().text(), upload.key().hash(), upload.size(), created);
    }

    /** Does as {@link #confirm(Upload, boolean)} does, for an object whose key does not name its content. */
    public void confirm(String key, Sha256 hash, long size, boolean created) {
        embedded.ifPresent(server -> server.makeDurable(key));
        StoredObject stored = head(key)
                .orElseThrow(() -> new SyncException(OBJECT_READ_BACK_DIFFERS, "the object is not there"));
        boolean fits = stored.fits(hash, size)
                && (created || stored.checksum().isPresent() || rehash(key).equals(hash));
        if (!fits) {
            throw new SyncException(created ? OBJECT_READ_BACK_DIFFERS : KEY_HOLDS_OTHER_CONTENT,
                    "the object's size or hash differs");
        }
        retention.ifPresent(wanted -> confirmLock(key, stored));
    }

    /** An object from before the retention was configured is locked now. */
    private void confirmLock(String key, StoredObject stored) {
        if (stored.lockedUntil().isPresent()) {
            return;
        }
        Instant until = retention.orElseThrow().until();
        S3Failures.named("locking an object",
                () -> client.putObjectRetention(request -> request.bucket(bucket).key(key)
                        .retention(lock -> lock.mode("COMPLIANCE").retainUntilDate(until))));
        if (head(key).flatMap(StoredObject::lockedUntil).isEmpty()) {
            throw new SyncException(RETENTION_NOT_CONFIRMED, "an object is not locked");
        }
    }

    /** Reads an object and hashes it. */
    Sha256 rehash(ObjectKey key) {
        return rehash(key.text());
    }

    private Sha256 rehash(String key) {
        return S3Failures.named("reading an object", () -> {
            try (InputStream content = client.getObject(request -> request.bucket(bucket).key(key))) {
                return StreamDigest.of(content);
            } catch (IOException e) {
                throw new SyncException(UNAVAILABLE, "an object could not be read to its end");
            }
        });
    }

    /**
     * Reads a small object.
     *
     * @throws SyncException OBJECT_MISSING if there is none
     */
    public byte[] read(String key) {
        return S3Failures.named("reading an object",
                () -> client.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray());
    }

    /**
     * Lists the keys of objects, in their order.
     *
     * @param beginning of each, below the prefix of the archive
     * @param after only keys behind this one; empty: all
     */
    public List<String> keys(String beginning, String after) {
        return S3Failures.named("listing objects", () -> client.listObjectsV2Paginator(
                request -> request.bucket(bucket).prefix(beginning).startAfter(after.isEmpty() ? null : after))
                .contents().stream().map(S3Object::key).toList());
    }

    /** Tells of every object below a beginning of keys: its key and size, in the order of keys. */
    void list(String beginning, BiConsumer<String, Long> each) {
        S3Failures.named("listing objects", () -> {
            client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(beginning)).contents()
                    .forEach(object -> each.accept(object.key(), object.size()));
            return null;
        });
    }

    /** Lists what stands directly below the prefix of the archive and has objects below itself, without slashes. */
    List<String> folders() {
        String beginning = prefix.isEmpty() ? "" : prefix + "/";
        return S3Failures.named("listing objects", () -> client.listObjectsV2Paginator(
                request -> request.bucket(bucket).prefix(beginning).delimiter("/")).commonPrefixes().stream()
                .map(folder -> folder.prefix().substring(beginning.length(), folder.prefix().length() - 1)).toList());
    }

    @Override
    public void close() {
        client.close();
        embedded.ifPresent(EmbeddedS3::close);
    }
}
