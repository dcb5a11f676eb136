package fr.pennylanesync.runtime;

import fr.pennylanesync.archive.DownloadLimits;
import fr.pennylanesync.archive.FileDownload;
import fr.pennylanesync.archive.FileProgress;
import fr.pennylanesync.archive.PendingFiles;
import fr.pennylanesync.archive.S3Archive;
import fr.pennylanesync.camel.ArchiveBeans;
import fr.pennylanesync.camel.ArchiveSteps;
import fr.pennylanesync.camel.ArchivedFiles;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.Warehouse;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** The archive, open: bucket, downloads, and what the routes call. */
public record OpenArchive(S3Archive archive, FileDownload download, PendingFiles files, FileProgress progress, ArchiveBeans beans)
        implements AutoCloseable {

    private static final int PARALLEL_FILES = 8;

    /** @throws fr.pennylanesync.archive.ArchiveException if the bucket cannot be used as configured */
    public static OpenArchive open(Settings settings, Warehouse warehouse, Supplier<StreamCatalog> catalog) {
        S3Archive archive = S3Archive.open(settings.archive(), Clock.systemUTC());
        // More connections than threads: a full queue makes the asking thread work too.
        FileDownload download = new FileDownload(settings.archive().directory().resolve("downloads"), DownloadLimits.DEFAULT,
                sandbox(settings.pennylane().baseUrl()), 2 * PARALLEL_FILES);
        PendingFiles files = new PendingFiles(warehouse.jdbc(), Clock.systemUTC());
        FileProgress progress = new FileProgress();
        ArchiveSteps steps = new ArchiveSteps(new ArchiveSteps.Parts(catalog, files, download, archive, progress));
        return new OpenArchive(archive, download, files, progress,
                new ArchiveBeans(steps, new ArchivedFiles(files), archive, PARALLEL_FILES));
    }

    /** Only a Pennylane on this machine may be without https: its files come from there too. */
    private static Optional<URI> sandbox(URI baseUrl) {
        return Optional.of(baseUrl).filter(url -> "http".equalsIgnoreCase(url.getScheme()));
    }

    @Override
    public void close() {
        download.close();
        archive.close();
    }
}
