package fr.pennylanesync.camel;

import fr.pennylanesync.archive.LedgerExports;
import fr.pennylanesync.stream.StreamCatalog;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;

/** Binds what the routes of the archive refer to by name. */
public final class ArchiveBeans implements AutoCloseable {

    /** Camel asks for the bucket when an S3 endpoint starts, unless a file's name is given, as for reading one. */
    private static final String NO_BUCKET_AT_START = "camel.component.aws2-s3.fileName";

    private final ArchiveSteps.ArchiveDependencies dependencies;
    private final LedgerExports exports;
    private final ArchiveRuns runs;
    private final ArchiveRuns exportRuns;
    private final Map<String, Object> beans;
    private final ExecutorService companyThreads;
    /** Exports are mostly waited for, which is to keep no file waiting. */
    private final ExecutorService exportThreads;
    /** An audit may wait for minutes, which no file has to. */
    private final ExecutorService auditThreads;
    private final ExecutorService fileThreads;

    /**
     * @param parallelCompanies companies whose files a job archives at the same time, and that another audits
     * @param parallelFiles files that are fetched and stored at the same time, over all companies
     */
    public ArchiveBeans(ArchiveSteps.ArchiveDependencies dependencies, LedgerExports exports,
            ArchivedFiles archivedFiles, int parallelCompanies, int parallelFiles) {
        this.companyThreads = Executors.newFixedThreadPool(parallelCompanies);
        this.exportThreads = Executors.newFixedThreadPool(parallelCompanies);
        this.auditThreads = Executors.newFixedThreadPool(parallelCompanies);
        // A full queue makes the asking thread work itself.
        this.fileThreads = new ThreadPoolExecutor(parallelFiles, parallelFiles, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(parallelFiles), new ThreadPoolExecutor.CallerRunsPolicy());
        this.dependencies = dependencies;
        this.exports = exports;
        this.runs = new ArchiveRuns(dependencies.leases(), dependencies.outages(), "archive");
        this.exportRuns = new ArchiveRuns(dependencies.leases(), dependencies.outages(), "exports");
        this.beans = Map.of("archivedFiles", archivedFiles, "archiveClient", dependencies.archive().client(),
                "companyThreads", companyThreads, "exportThreads", exportThreads, "auditThreads", auditThreads,
                "fileThreads", fileThreads);
    }

    void bind(Main main, StreamCatalog catalog, StreamAssignment assignment) {
        beans.forEach(main::bind);
        main.bind("archive", new ArchiveSteps(dependencies, runs, catalog, assignment));
        main.bind("exports", new ExportSteps(exports, dependencies, exportRuns));
        main.addInitialProperty("archive.bucket", dependencies.archive().bucketName());
        main.addInitialProperty(NO_BUCKET_AT_START, "none");
    }

    /** Lets no run begin any more; those under way end with their batch. */
    void stop() {
        runs.stop();
        exportRuns.stop();
    }

    @Override
    public void close() {
        companyThreads.shutdownNow();
        exportThreads.shutdownNow();
        auditThreads.shutdownNow();
        fileThreads.shutdown();
    }
}
