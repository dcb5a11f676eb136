package fr.pennylanesync.archive;

import fr.pennylanesync.hash.Sha256;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Adds to each put what Camel's S3 component has no option for: the content's SHA-256, which the server checks before it
 * keeps anything, and the Object Lock. The hash comes from the request's own metadata, so no put is sent without one. A
 * put that fails tells it in our words: the server's may quote keys and signed addresses.
 */
final class PutInterceptor implements ExecutionInterceptor {

    private final Optional<Retention> retention;

    PutInterceptor(Optional<Retention> retention) {
        this.retention = retention;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        return context.request() instanceof PutObjectRequest put ? proven(put) : context.request();
    }

    private PutObjectRequest proven(PutObjectRequest put) {
        PutObjectRequest.Builder proven = put.toBuilder().checksumSHA256(checksum(put));
        retention.ifPresent(lock -> proven.objectLockMode(ObjectLockMode.COMPLIANCE).objectLockRetainUntilDate(lock.until()));
        return proven.build();
    }

    private static String checksum(PutObjectRequest put) {
        Sha256 hash = Optional.ofNullable(put.metadata().get(S3Archive.HASH_METADATA)).flatMap(Hashes::parse)
                .orElseThrow(() -> new IllegalArgumentException("a put without the metadata " + S3Archive.HASH_METADATA));
        return Base64.getEncoder().encodeToString(hash.bytes());
    }

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        boolean ofPut = context.request() instanceof PutObjectRequest && context.exception() instanceof SdkException;
        return ofPut ? named((SdkException) context.exception()) : context.exception();
    }

    private static RuntimeException named(SdkException failure) {
        return failure instanceof S3Exception answer && S3Failures.isAlreadyThere(answer) ? new AlreadyStored()
                : S3Failures.of("storing an object", failure);
    }
}
