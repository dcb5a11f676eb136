package fr.pennylanesync.camel;

import fr.pennylanesync.stream.StreamCatalog;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;

/** What the routes of the archive refer to by name. */
public final class ArchiveBeans implements AutoCloseable {

    private final ArchiveSteps.Parts parts;
    private final Map<String, Object> beans;
    private final ExecutorService fileThreads;

    /** @param parallelFiles files that are fetched and stored at the same time, over all companies */
    public ArchiveBeans(ArchiveSteps.Parts parts, ArchivedFiles archivedFiles, int parallelFiles) {
        // A full queue makes the asking thread work itself.
        this.fileThreads = new ThreadPoolExecutor(parallelFiles, parallelFiles, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(parallelFiles), new ThreadPoolExecutor.CallerRunsPolicy());
        this.parts = parts;
        this.beans = Map.of("archivedFiles", archivedFiles, "archiveClient", parts.archive().client(), "fileThreads", fileThreads);
    }

    void bind(Main main, StreamCatalog catalog, Tenure tenure) {
        beans.forEach(main::bind);
        main.bind("archive", new ArchiveSteps(parts, catalog, tenure));
        main.addInitialProperty("archive.bucket", parts.archive().bucketName());
    }

    @Override
    public void close() {
        fileThreads.shutdown();
    }
}
