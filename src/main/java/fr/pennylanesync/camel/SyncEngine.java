package fr.pennylanesync.camel;

import fr.pennylanesync.pass.Demand;
import fr.pennylanesync.pass.Progress;
import fr.pennylanesync.stream.StreamDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.main.Main;
import org.springframework.transaction.support.TransactionTemplate;

/** The Camel runtime: loads {@code routes/}, binds the beans that the routes name, and runs syncs through them. */
public final class SyncEngine implements AutoCloseable {

    private static final int STOP_SECONDS_MAX = 30;
    /** A stream and the sub-list that is read below it. */
    private static final int LANE_THREADS_PER_STREAM = 2;
    private static final List<String> FOLDERS = List.of("policies", "steps", "streams");
    private static final String JOBS = "jobs";

    /**
     * What the engine works with.
     *
     * @param properties what the routes may refer to as {@code {{name}}}
     * @param streamThreads streams that may run at the same time, over all companies
     */
    public record Parts(Path routes, Map<String, String> properties, HttpClientConfigurer http, TransactionTemplate transactions,
            LandedBatches landedBatches, PageSteps page, ShareSteps share, SyncSteps sync, ArchiveBeans archive, int streamThreads) {}

    private final Parts parts;
    private final Main main = new Main();
    private final ExecutorService streamThreads;
    private final ExecutorService childThreads;
    private final ExecutorService laneThreads;
    private ProducerTemplate callers;

    public SyncEngine(Parts parts) {
        this.parts = parts;
        this.streamThreads = threads(parts.streamThreads());
        // Apart from the streams' own threads: a stream waits for its children.
        this.childThreads = threads(parts.streamThreads());
        this.laneThreads = threads(parts.streamThreads() * LANE_THREADS_PER_STREAM);
    }

    /** As many as asked for; one more works on the thread that asks. */
    private static ExecutorService threads(int max) {
        return new ThreadPoolExecutor(0, max, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Without jobs: for commands that do one thing and end. */
    public SyncEngine start() {
        return start(FOLDERS);
    }

    /**
     * With the jobs of {@code routes/jobs/}.
     *
     * @param beans what the jobs call, by name
     */
    public SyncEngine startWithJobs(Map<String, Object> beans) {
        beans.forEach(main::bind);
        List<String> folders = new ArrayList<>(FOLDERS);
        folders.add(JOBS);
        return start(folders);
    }

    private SyncEngine start(List<String> folders) {
        main.configure().withName("pennylane-sync").withJmxEnabled(false).withStreamCachingEnabled(false).withLogMask(true)
                .withAllowUseOriginalMessage(false).withShutdownTimeout(STOP_SECONDS_MAX).withAutoConfigurationLogSummary(false)
                .withRoutesIncludePattern(folders.stream().map(parts.routes()::resolve).filter(Files::isDirectory)
                        .map(folder -> "file:" + folder + "/*.yaml").collect(Collectors.joining(",")));
        parts.properties().forEach(main::addInitialProperty);
        JobScheduler.properties().forEach(main::addInitialProperty);
        main.bind("pennylaneHttp", parts.http());
        main.bind("warehouseTransaction", new TransactionPolicy(parts.transactions()));
        main.bind("landedBatches", parts.landedBatches());
        main.bind("page", parts.page());
        main.bind("share", parts.share());
        main.bind("sync", parts.sync());
        parts.archive().bind(main);
        main.bind("jobFailures", new JobFailures());
        main.bind("streamThreads", streamThreads);
        main.bind("childThreads", childThreads);
        main.bind("laneThreads", laneThreads);
        main.start();
        callers = main.getCamelContext().createProducerTemplate();
        return this;
    }

    /** One sync of one company: returns when its streams have ended, each in its own way (see {@link Progress}). */
    public void sync(long companyId, List<StreamDefinition> streams, Demand demand) {
        callers.send("direct:sync-company", exchange -> {
            exchange.setVariable(Variables.COMPANY_ID, companyId);
            exchange.setVariable(Variables.DEMAND, demand);
            exchange.getMessage().setBody(streams.stream().map(StreamDefinition::name).toList());
        });
    }

    /**
     * Archives the files of one company that are due; returns when none is left that is. What went wrong is in its progress.
     *
     * @param streams names; empty: all
     */
    public void archive(long companyId, List<String> streams) {
        callers.send("direct:archive-company", exchange -> {
            exchange.setVariable(Variables.COMPANY_ID, companyId);
            exchange.getMessage().setBody(streams);
        });
    }

    @Override
    public void close() {
        main.stop();
        parts.archive().close();
        streamThreads.shutdown();
        childThreads.shutdown();
        laneThreads.shutdown();
    }
}
