package fr.pennylanesync.archive.s3;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The S3 client that the routes put with. It adds to each put what Camel's S3 component has no option for: the
 * content's SHA-256, which the server checks before it keeps anything, and the Object Lock. The hash comes from the
 * request's own metadata, so no put is sent without one. It can do nothing but put, and opens the archive with its
 * first call.
 */
public final class PutClient implements S3Client {

    /** Names what a put goes to. */
    public record Target(S3Client client, Optional<Retention> retention) {}

    private final Supplier<Target> target;

    /** @param target opened by whoever first needs it, and closed by its owner */
    public PutClient(Supplier<Target> target) {
        this.target = target;
    }

    /**
     * Puts an object, proven and locked.
     *
     * @throws SyncException ALREADY_STORED if an object lies under the key, and the request does not want to replace it
     * @throws SyncException if it is not stored for another reason, in our words: the server's may quote signed
     * addresses
     */
    @Override
    public PutObjectResponse putObject(PutObjectRequest put, RequestBody content) {
        Target opened = target.get();
        try {
            return opened.client().putObject(proven(put, opened.retention()), content);
        } catch (SdkException failure) {
            throw named(failure);
        }
    }

    private static PutObjectRequest proven(PutObjectRequest put, Optional<Retention> retention) {
        PutObjectRequest.Builder proven = put.toBuilder().checksumSHA256(checksum(put));
        retention.ifPresent(lock -> proven.objectLockMode(ObjectLockMode.COMPLIANCE)
                .objectLockRetainUntilDate(lock.until()));
        return proven.build();
    }

    private static String checksum(PutObjectRequest put) {
        String name = S3Archive.HASH_METADATA;
        Sha256 hash = Optional.ofNullable(put.metadata().get(name)).flatMap(StreamDigest::parse)
                .orElseThrow(() -> new IllegalArgumentException("a put without the metadata " + name));
        return Base64.getEncoder().encodeToString(hash.bytes());
    }

    private static RuntimeException named(SdkException failure) {
        if (failure instanceof S3Exception answer) {
            return S3Failures.isAlreadyThere(answer) ? new SyncException(ArchiveErrorCode.ALREADY_STORED)
                    : S3Failures.ofConditional("storing an object", answer);
        }
        return S3Failures.of("storing an object", failure);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Leaves the archive open: who opened it closes it. */
    @Override
    public void close() {
        // Nothing is held here.
    }
}
