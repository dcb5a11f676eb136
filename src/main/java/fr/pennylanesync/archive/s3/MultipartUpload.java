package fr.pennylanesync.archive.s3;

import static fr.pennylanesync.archive.s3.ArchiveErrorCode.LOCAL_FILE_CHANGED;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Stores a large file part by part, each with its SHA-256; the object appears, whole, with the last request. */
public final class MultipartUpload {

    /** S3 takes 10,000 parts of at least 5 MiB: good for files up to 78 GiB. */
    public static final long PART_SIZE = 8L * 1024 * 1024;

    private final S3Client client;
    private final String bucket;
    private final Optional<Instant> lockedUntil;
    private final long partSize;

    MultipartUpload(S3Client client, String bucket, Optional<Instant> lockedUntil, long partSize) {
        this.client = client;
        this.bucket = bucket;
        this.lockedUntil = lockedUntil;
        this.partSize = partSize;
    }

    /** @param exists asked first, so that a large content is not sent for nothing */
    boolean put(Upload upload, Predicate<ObjectKey> exists) {
        if (exists.test(upload.key())) {
            return false;
        }
        String id = S3Failures.named("beginning an upload in parts", () -> client.createMultipartUpload(begin(upload)))
                .uploadId();
        try {
            complete(upload, id, send(upload, id));
            return true;
        } catch (S3Exception answer) {
            abort(upload, id);
            if (S3Failures.isAlreadyThere(answer)) {
                return false;
            }
            throw S3Failures.ofConditional("storing an object in parts", answer);
        } catch (SdkException noAnswer) {
            abort(upload, id);
            throw S3Failures.of("storing an object in parts", noAnswer);
        } catch (RuntimeException failure) {
            abort(upload, id);
            throw failure;
        }
    }

    private CreateMultipartUploadRequest begin(Upload upload) {
        CreateMultipartUploadRequest.Builder request =
                CreateMultipartUploadRequest.builder().bucket(bucket).key(upload.key().text())
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256).contentType(upload.contentType())
                        .metadata(upload.metadata());
        lockedUntil
                .ifPresent(until -> request.objectLockMode(ObjectLockMode.COMPLIANCE).objectLockRetainUntilDate(until));
        return request.build();
    }

    private List<CompletedPart> send(Upload upload, String id) {
        List<CompletedPart> parts = new ArrayList<>();
        MessageDigest whole = Sha256.digest();
        for (long offset = 0; offset < upload.size(); offset += partSize) {
            Range range = new Range(upload.file(), offset, Math.min(partSize, upload.size() - offset));
            parts.add(sendPart(upload, id, parts.size() + 1, range, whole));
        }
        Sha256 sent = Sha256.finish(whole);
        if (!sent.equals(upload.key().hash())) {
            throw new SyncException(LOCAL_FILE_CHANGED, "the file's hash is no longer the one it was downloaded with");
        }
        return parts;
    }

    private CompletedPart sendPart(Upload upload, String id, int number, Range range, MessageDigest whole) {
        String checksum = Base64.getEncoder().encodeToString(range.hash(whole).bytes());
        String tag = client.uploadPart(
                request -> request.bucket(bucket).key(upload.key().text()).uploadId(id).partNumber(number)
                        .checksumSHA256(checksum),
                RequestBody.fromContentProvider(range::open, range.length(), upload.contentType())).eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).checksumSHA256(checksum).build();
    }

    private void complete(Upload upload, String id, List<CompletedPart> parts) {
        client.completeMultipartUpload(
                request -> request.bucket(bucket).key(upload.key().text()).uploadId(id).ifNoneMatch("*")
                        .multipartUpload(whole -> whole.parts(parts)));
    }

    /** Parts that stay behind cost money and nothing else; the upload's own failure is the one to tell of. */
    private void abort(Upload upload, String id) {
        try {
            client.abortMultipartUpload(request -> request.bucket(bucket).key(upload.key().text()).uploadId(id));
        } catch (SdkException alsoRefused) {
            return;
        }
    }

    /** A part of a local file, to be read as often as needed. */
    private record Range(Path file, long offset, long length) {

        InputStream open() {
            try {
                FileChannel channel = FileChannel.open(file).position(offset);
                return new BoundedInputStream(Channels.newInputStream(channel), length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Sha256 hash(MessageDigest whole) {
            MessageDigest part = Sha256.digest();
            byte[] buffer = new byte[StreamDigest.BUFFER_BYTES];
            try (InputStream content = open()) {
                for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                    part.update(buffer, 0, read);
                    whole.update(buffer, 0, read);
                }
            } catch (IOException e) {
                throw new SyncException(LOCAL_FILE_CHANGED, "the file can no longer be read");
            }
            return Sha256.finish(part);
        }
    }
}
