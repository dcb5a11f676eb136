package fr.pennylanesync.hash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The hash of a batch: SHA-256 over company, stream and pass, then each record's parent id, id and record hash, in the
 * order of the batch. Fixed-length fields and a terminated header leave no two batches with the same input.
 */
public final class BatchHash {

    private final MessageDigest digest = Sha256.digest();

    private BatchHash(long companyId, String stream, String pass) {
        digest.update(head(companyId, stream, pass));
    }

    /** Returns what is hashed before the first record. */
    public static byte[] head(long companyId, String stream, String pass) {
        return (companyId + "\n" + stream + "\n" + pass + "\n").getBytes(StandardCharsets.UTF_8);
    }

    public static BatchHash begin(long companyId, String stream, String pass) {
        return new BatchHash(companyId, stream, pass);
    }

    /** @param parentId 0 for a record of a stream that is no child */
    public BatchHash add(long parentId, long id, Sha256 recordHash) {
        digest.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(parentId).putLong(id).array());
        digest.update(recordHash.bytes());
        return this;
    }

    public Sha256 finish() {
        return Sha256.finish(digest);
    }
}
