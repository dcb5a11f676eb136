package fr.pennylanesync.archive.download;

import static fr.pennylanesync.archive.s3.ArchiveErrorCode.LOCAL_DISK_FAILED;

import fr.pennylanesync.archive.download.DownloadOutcome.Damaged;
import fr.pennylanesync.archive.download.DownloadOutcome.Received;
import fr.pennylanesync.archive.download.DownloadOutcome.TooLarge;
import fr.pennylanesync.archive.s3.StreamDigest;
import fr.pennylanesync.disk.OwnerOnly;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/** Keeps downloads while they are received and checked; the names of its files are ours. */
final class DownloadFolder {

    private static final String PREFIX = "download-";
    private static final String SUFFIX = ".part";
    /** Longer than any download: what is older was left behind by a process that was killed. */
    private static final Duration LEFT_BEHIND_AFTER = Duration.ofHours(6);

    private final Path folder;

    DownloadFolder(Path folder) {
        try {
            this.folder = OwnerOnly.directory(folder);
            removeLeftBehind();
        } catch (IOException e) {
            throw new SyncException(LOCAL_DISK_FAILED,
                    "the folder for downloads cannot be used (" + e.getClass().getSimpleName() + ")");
        }
    }

    private void removeLeftBehind() throws IOException {
        Instant oldest = Instant.now().minus(LEFT_BEHIND_AFTER);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Writes a body to a file and hashes it; the file stays only if it is as large and as hashed as announced. */
    DownloadOutcome receive(ClassicHttpResponse answer, long sizeLimit) throws IOException {
        HttpEntity entity = answer.getEntity();
        if (entity == null || entity.getContentLength() == 0) {
            return new Damaged(DownloadCode.EMPTY);
        }
        if (entity.getContentLength() > sizeLimit) {
            return new TooLarge(DownloadCode.TOO_LARGE);
        }
        if (entity.getContentEncoding() != null && !"identity".equals(entity.getContentEncoding())) {
            return new Damaged(DownloadCode.ENCODED);
        }
        Path file = create();
        DownloadOutcome outcome = null;
        try {
            outcome = receive(answer, entity, file, sizeLimit);
            return outcome;
        } finally {
            if (!(outcome instanceof Received)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static DownloadOutcome receive(ClassicHttpResponse answer, HttpEntity entity, Path file, long sizeLimit)
            throws IOException {
        MessageDigest digest = Sha256.digest();
        DeclaredDigest declared = DeclaredDigest.of(answer);
        long size = copy(entity.getContent(), file, digest, declared, sizeLimit);
        if (size > sizeLimit) {
            return new TooLarge(DownloadCode.TOO_LARGE);
        }
        if (size == 0) {
            return new Damaged(DownloadCode.EMPTY);
        }
        Sha256 hash = Sha256.finish(digest);
        return declared.fits(hash) ? new Received(file, size, hash) : new Damaged(DownloadCode.DIGEST_DIFFERS);
    }

    /** @return the size; beyond the limit at the first buffer that exceeds it */
    private static long copy(InputStream body, Path file, MessageDigest digest, DeclaredDigest declared, long sizeLimit)
            throws IOException {
        long size = 0;
        byte[] buffer = new byte[StreamDigest.BUFFER_BYTES];
        try (OutputStream out = open(file)) {
            for (int read = body.read(buffer); read >= 0 && size <= sizeLimit; read = body.read(buffer)) {
                size += read;
                digest.update(buffer, 0, read);
                declared.update(buffer, read);
                write(out, buffer, read);
            }
        }
        return size;
    }

    private Path create() {
        try {
            return Files.createTempFile(folder, PREFIX, SUFFIX);
        } catch (IOException e) {
            throw diskFailed(e);
        }
    }

    private static OutputStream open(Path file) {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw diskFailed(e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw diskFailed(e);
        }
    }

    private static SyncException diskFailed(IOException e) {
        return new SyncException(LOCAL_DISK_FAILED,
                "a download cannot be written (" + e.getClass().getSimpleName() + ")");
    }
}
