package fr.pennylanesync.archive.s3;

import static fr.pennylanesync.archive.s3.ArchiveErrorCode.BUCKET_MISSING;
import static fr.pennylanesync.archive.s3.ArchiveErrorCode.CONDITIONAL_WRITES_UNSUPPORTED;
import static fr.pennylanesync.archive.s3.ArchiveErrorCode.OBJECT_MISSING;
import static fr.pennylanesync.archive.s3.ArchiveErrorCode.REFUSED;
import static fr.pennylanesync.archive.s3.ArchiveErrorCode.UNAVAILABLE;

import fr.pennylanesync.failure.SyncException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Names the failures of S3 calls without a word of the server's and without their cause: both quote keys, buckets or
 * signed addresses.
 */
public final class S3Failures {

    private static final int PRECONDITION_FAILED = 412;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;
    static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;

    private S3Failures() {}

    /** @throws SyncException where the call fails in any way */
    static <T> T named(String operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException failure) {
            throw of(operation, failure);
        }
    }

    /** Names the failure of a call that Camel's component made. */
    public static SyncException of(SdkException failure) {
        return of("a call of the S3 component", failure);
    }

    static SyncException of(String operation, SdkException failure) {
        if (!(failure instanceof S3Exception answer)) {
            return new SyncException(UNAVAILABLE,
                    operation + " got no answer (" + failure.getClass().getSimpleName() + ")");
        }
        int status = answer.statusCode();
        String problem = operation + " was answered with status " + status;
        if (isBucketMissing(answer)) {
            return new SyncException(BUCKET_MISSING, problem);
        }
        if (status == NOT_FOUND) {
            return new SyncException(OBJECT_MISSING, problem);
        }
        boolean passing = status != NOT_IMPLEMENTED
                && (status >= SERVER_ERROR || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT
                        || status == CONFLICT);
        return new SyncException(passing ? UNAVAILABLE : REFUSED, problem);
    }

    /** Names the failure of a put that wants nothing to be there: a server may not know such a condition. */
    static SyncException ofConditional(String operation, S3Exception answer) {
        return answer.statusCode() == NOT_IMPLEMENTED
                ? new SyncException(CONDITIONAL_WRITES_UNSUPPORTED,
                        operation + " was answered with status " + NOT_IMPLEMENTED)
                : of(operation, answer);
    }

    static boolean isAlreadyThere(S3Exception failure) {
        return failure.statusCode() == PRECONDITION_FAILED;
    }

    /** Tells whether the server has no such configuration, or does not even know what that is. */
    static boolean isAbsentOrUnknown(S3Exception failure) {
        return failure.statusCode() == NOT_FOUND || failure.statusCode() == NOT_IMPLEMENTED
                || failure.statusCode() == BAD_REQUEST;
    }

    private static boolean isBucketMissing(S3Exception failure) {
        return failure.awsErrorDetails() != null && "NoSuchBucket".equals(failure.awsErrorDetails().errorCode());
    }
}
