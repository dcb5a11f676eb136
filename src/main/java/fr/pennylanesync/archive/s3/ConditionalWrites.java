package fr.pennylanesync.archive.s3;

import static fr.pennylanesync.archive.s3.ArchiveErrorCode.CONDITIONAL_WRITES_UNSUPPORTED;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.ArchiveEvent;
import fr.pennylanesync.logging.EventLog;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Finds out whether a bucket's server refuses to replace an object when asked not to. Some servers do not know that
 * condition, and some take no notice of it: they would replace an archived file without a word. An empty object beside
 * the companies' keys is written twice and deleted again.
 */
final class ConditionalWrites {

    private static final EventLog LOG = EventLog.of(ConditionalWrites.class);
    private static final String PROBE = "pennylane-sync.probe";
    /** Another process that tries at the same moment may delete the object in between. */
    private static final int ATTEMPTS = 3;

    private final S3Client client;
    private final String bucket;
    private final String key;

    ConditionalWrites(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.key = prefix.isEmpty() ? PROBE : prefix + "/" + PROBE;
    }

    /** @throws SyncException CONDITIONAL_WRITES_UNSUPPORTED if an object can be replaced although it must not be */
    void require() {
        if (!isWritten()) {
            return;
        }
        try {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                if (!isWritten()) {
                    return;
                }
            }
            throw new SyncException(CONDITIONAL_WRITES_UNSUPPORTED, "an object was replaced although it was there");
        } finally {
            delete();
        }
    }

    /** Tells whether the object is written, which it may be only where none is. */
    private boolean isWritten() {
        try {
            client.putObject(put -> put.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.empty());
            return true;
        } catch (S3Exception answer) {
            if (S3Failures.isAlreadyThere(answer)) {
                return false;
            }
            throw S3Failures.ofConditional("trying a conditional write", answer);
        } catch (SdkException silent) {
            throw S3Failures.of("trying a conditional write", silent);
        }
    }

    /** The right to delete is none that archiving needs: an empty object that stays does no harm. */
    private void delete() {
        try {
            client.deleteObject(delete -> delete.bucket(bucket).key(key));
        } catch (SdkException refused) {
            LOG.log(new ArchiveEvent.ArchiveProbeLeft(S3Failures.of("deleting the probe", refused).code().name()));
        }
    }
}
