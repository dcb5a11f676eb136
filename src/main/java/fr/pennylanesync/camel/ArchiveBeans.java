package fr.pennylanesync.camel;

import fr.pennylanesync.archive.ArchiveAccess;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;

/** What the routes of the archive refer to by name. */
public final class ArchiveBeans implements AutoCloseable {

    private final Map<String, Object> beans;
    private final String bucket;
    private final ExecutorService fileThreads;

    /** @param parallelFiles files that are fetched and stored at the same time, over all companies */
    public ArchiveBeans(ArchiveSteps steps, ArchivedFiles archivedFiles, ArchiveAccess archive, int parallelFiles) {
        // A full queue makes the asking thread work itself.
        this.fileThreads = new ThreadPoolExecutor(parallelFiles, parallelFiles, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(parallelFiles), new ThreadPoolExecutor.CallerRunsPolicy());
        this.bucket = archive.bucketName();
        this.beans = Map.of("archive", steps, "archivedFiles", archivedFiles, "archiveClient", archive.client(),
                "fileThreads", fileThreads);
    }

    void bind(Main main) {
        beans.forEach(main::bind);
        main.addInitialProperty("archive.bucket", bucket);
    }

    @Override
    public void close() {
        fileThreads.shutdown();
    }
}
