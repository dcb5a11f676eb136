package fr.pennylanesync.archive.s3;

import fr.pennylanesync.hash.Sha256;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Holds what the server says of an object.
 *
 * @param checksum SHA-256 of the whole content, where the server keeps it
 * @param noted the hash that we wrote into the metadata
 * @param lockedUntil end of its Object Lock
 * @param version of it, where the bucket keeps versions
 */
record StoredObject(long size, Optional<Sha256> checksum, Optional<Sha256> noted, Optional<Instant> lockedUntil,
        Optional<String> version) {

    static StoredObject of(HeadObjectResponse head) {
        Optional<Instant> locked = head.objectLockMode() == null ? Optional.empty()
                : Optional.ofNullable(head.objectLockRetainUntilDate());
        return new StoredObject(head.contentLength(), whole(head.checksumSHA256()), noted(head), locked,
                Optional.ofNullable(head.versionId()));
    }

    /** Of an object in parts the server keeps a hash of hashes, with their number behind a dash. */
    private static Optional<Sha256> whole(String checksum) {
        return Optional.ofNullable(checksum).filter(text -> !text.contains("-"))
                .map(text -> Sha256.stored(Base64.getDecoder().decode(text)));
    }

    private static Optional<Sha256> noted(HeadObjectResponse head) {
        return Optional.ofNullable(head.metadata().get(S3Archive.HASH_METADATA)).flatMap(StreamDigest::parse);
    }

    /** Tells whether everything that is said of it fits the content. */
    boolean fits(Sha256 hash, long expectedSize) {
        return size == expectedSize && checksum.map(hash::equals).orElse(true)
                && noted.map(hash::equals).orElse(checksum.isPresent());
    }
}
