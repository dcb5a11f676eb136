package fr.pennylanesync.archive;

import fr.pennylanesync.archive.download.ContentCheck;
import fr.pennylanesync.archive.download.DownloadLimits;
import fr.pennylanesync.archive.download.FileDownload;
import fr.pennylanesync.archive.parser.ParserLimits;
import fr.pennylanesync.archive.parser.Parsers;
import fr.pennylanesync.archive.s3.EmbeddedS3;
import fr.pennylanesync.archive.s3.MultipartUpload;
import fr.pennylanesync.archive.s3.PutClient;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Gives the archive of an installation, opened by whoever first needs it: what touches no file opens nothing, and a
 * bucket that is away is asked for again the next time.
 */
public final class ArchiveAccess implements AutoCloseable {

    private final Settings.Archive settings;
    private final Optional<URI> sandbox;
    private final int downloadsMax;
    private final Clock clock;
    private final long partSize;
    private Optional<S3Archive> bucket = Optional.empty();
    private Optional<FileDownload> downloads = Optional.empty();
    private Optional<Parsers> parsers = Optional.empty();

    /**
     * @param sandbox see {@link FileDownload}
     * @param downloadsMax at the same time
     */
    public ArchiveAccess(Settings.Archive settings, Optional<URI> sandbox, int downloadsMax) {
        this(settings, sandbox, downloadsMax, Clock.systemUTC(), MultipartUpload.PART_SIZE);
    }

    ArchiveAccess(Settings.Archive settings, Optional<URI> sandbox, int downloadsMax, Clock clock, long partSize) {
        this.settings = settings;
        this.sandbox = sandbox;
        this.downloadsMax = downloadsMax;
        this.clock = clock;
        this.partSize = partSize;
    }

    /** @throws SyncException if the bucket cannot be used now, or not as configured */
    public synchronized S3Archive bucket() {
        if (bucket.isEmpty()) {
            bucket = Optional.of(openForWriting());
        }
        return bucket.get();
    }

    private S3Archive openForWriting() {
        S3Archive opened = S3Archive.open(settings, clock, partSize);
        try {
            opened.requireConditionalWrites();
            return opened;
        } catch (RuntimeException refused) {
            opened.close();
            throw refused;
        }
    }

    /** @throws SyncException if their folder cannot be written */
    public synchronized FileDownload downloads() {
        if (downloads.isEmpty()) {
            downloads = Optional.of(new FileDownload(downloadFolder(), DownloadLimits.DEFAULT, sandbox, downloadsMax));
        }
        return downloads.get();
    }

    /** Looks at what was downloaded. */
    public synchronized ContentCheck contents() {
        if (parsers.isEmpty()) {
            parsers = Optional.of(new Parsers(downloadFolder(), ParserLimits.DEFAULT));
        }
        return new ContentCheck(parsers.get());
    }

    private Path downloadFolder() {
        return settings.directory().resolve("downloads");
    }

    /** The bucket's name, known without opening anything. */
    public String bucketName() {
        return settings.s3().bucket().orElse(EmbeddedS3.BUCKET);
    }

    /** The beginning of every object key, known without opening anything. */
    public String prefix() {
        return settings.s3().prefix();
    }

    /**
     * The client of the put that stands in the routes. It proves and locks each object, and opens the archive with its
     * first call, not before.
     */
    public S3Client client() {
        return new PutClient(() -> bucket().target());
    }

    @Override
    public synchronized void close() {
        parsers.ifPresent(Parsers::close);
        downloads.ifPresent(FileDownload::close);
        bucket.ifPresent(S3Archive::close);
    }
}
