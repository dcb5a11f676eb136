package fr.pennylanesync.runtime;

import fr.pennylanesync.archive.ArchiveAccess;
import fr.pennylanesync.archive.FileProgress;
import fr.pennylanesync.archive.LedgerExports;
import fr.pennylanesync.archive.PendingFiles;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.camel.ArchiveBeans;
import fr.pennylanesync.camel.ArchiveSteps;
import fr.pennylanesync.camel.ArchivedFiles;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.lease.Lease;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.outage.Outages.Part;
import fr.pennylanesync.settings.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Holds the archive as the routes have it: a bucket and downloads, opened when they are first needed. */
public record OpenArchive(ArchiveAccess access, PendingFiles files, FileProgress progress, ArchiveBeans beans,
        Outages outages)
        implements AutoCloseable {

    private static final int PARALLEL_FILES = 8;

    /**
     * @param companies ids of the active ones
     * @param leases gives the right to read a company, unless another process has it
     */
    static OpenArchive of(Settings settings, PendingFiles files, LedgerExports exports, Supplier<List<Long>> companies,
            LongFunction<Optional<Lease>> leases, Outages outages) {
        // More connections than threads: a full queue makes the asking thread work too.
        ArchiveAccess access =
                new ArchiveAccess(settings.archive(), sandbox(settings.pennylane().baseUrl()), 2 * PARALLEL_FILES);
        FileProgress progress = new FileProgress();
        ArchiveSteps.ArchiveDependencies dependencies =
                new ArchiveSteps.ArchiveDependencies(files, access, progress, companies, leases, outages);
        return new OpenArchive(access, files, progress,
                new ArchiveBeans(dependencies, exports, new ArchivedFiles(files), settings.sync().parallelCompanies(),
                        PARALLEL_FILES),
                outages);
    }

    /** Only a Pennylane on this machine may be without https: its files come from there too. */
    private static Optional<URI> sandbox(URI baseUrl) {
        return Optional.of(baseUrl).filter(url -> "http".equalsIgnoreCase(url.getScheme()));
    }

    /** @throws SyncException if the bucket cannot be used now, or not as configured */
    public S3Archive bucket() {
        return access.bucket();
    }

    /**
     * Opens it for a process that stays: a bucket that is away is waited for, one that cannot be used as configured is
     * not.
     *
     * @throws SyncException if waiting does not help
     */
    void openOrWait() {
        try {
            bucket();
        } catch (SyncException failure) {
            if (!failure.retryable()) {
                throw failure;
            }
            outages.away(Part.ARCHIVE, failure.code().name(), failure.getMessage());
        }
    }

    @Override
    public void close() {
        access.close();
    }
}
