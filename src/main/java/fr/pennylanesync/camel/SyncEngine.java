package fr.pennylanesync.camel;

import fr.pennylanesync.pass.Demand;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.main.Main;
import org.springframework.transaction.support.TransactionTemplate;

/** The Camel runtime: runs syncs through the routes in force, and exchanges those while it runs. */
public final class SyncEngine implements AutoCloseable {

    /** A stream and the sub-list that is read below it. */
    private static final int LANE_THREADS_PER_STREAM = 2;

    /**
     * What the engine works with.
     *
     * @param properties what the routes may refer to as {@code {{name}}}
     */
    public record Parts(Map<String, String> properties, HttpClientConfigurer http, TransactionTemplate transactions,
            LandedBatches landedBatches, PageSteps page, ShareSteps share, SyncSteps.Parts sync, ArchiveBeans archive, Threads threads) {

        /** @param streams and children, that may be read at the same time, over all companies */
        public Parts(Map<String, String> properties, HttpClientConfigurer http, TransactionTemplate transactions,
                LandedBatches landedBatches, PageSteps page, ShareSteps share, SyncSteps.Parts sync, ArchiveBeans archive, int streams) {
            this(properties, http, transactions, landedBatches, page, share, sync, archive,
                    new Threads(threads(streams), threads(streams), threads(streams * LANE_THREADS_PER_STREAM)));
        }

        /** As many as asked for; one more works on the thread that asks. */
        private static ExecutorService threads(int max) {
            return new ThreadPoolExecutor(0, max, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy());
        }

        /** Makes everything that policies, steps and streams name. */
        void bind(Main main, StreamCatalog catalog, Tenure tenure) {
            main.bind(DeclaredStreamConfigurer.NAME, new DeclaredStreamConfigurer());
            main.bind("pennylaneHttp", http);
            main.bind("warehouseTransaction", new TransactionPolicy(transactions));
            main.bind("landedBatches", landedBatches);
            main.bind("page", page);
            main.bind("share", share);
            main.bind("sync", new SyncSteps(sync, catalog, tenure));
            archive.bind(main, catalog, tenure);
            main.bind("jobFailures", new JobFailures());
            main.bind("streamThreads", threads.streams());
            main.bind("childThreads", threads.children());
            main.bind("laneThreads", threads.lanes());
        }
    }

    /** One kind never waits for its own: a stream waits for its children, and both for their lanes. */
    private record Threads(ExecutorService streams, ExecutorService children, ExecutorService lanes) {

        void shutdown() {
            streams.shutdown();
            children.shutdown();
            lanes.shutdown();
        }
    }

    private final Parts parts;
    private RouteSets sets;
    private Optional<JobRoutes> jobs = Optional.empty();

    public SyncEngine(Parts parts) {
        this.parts = parts;
    }

    /**
     * Without jobs: for commands that do one thing and end.
     *
     * @throws fr.pennylanesync.stream.FactsRefused if a route cannot be started
     */
    public SyncEngine start(RouteVersion version) {
        sets = new RouteSets(new RouteSet(version, parts));
        return this;
    }

    /**
     * With the jobs of {@code routes/jobs/}.
     *
     * @param beans what the jobs call, by name
     * @throws fr.pennylanesync.stream.FactsRefused if a route cannot be started
     */
    public SyncEngine startWithJobs(RouteVersion version, Map<String, Object> beans) {
        start(version);
        Main main = Contexts.configured("jobs", parts.properties());
        JobScheduler.properties().forEach(main::addInitialProperty);
        parts.bind(main, version.catalog(), new Tenure());
        beans.forEach(main::bind);
        main.bind("direct", new ForwardedDirect((step, work) -> sets.run(false, set -> set.forward(step, work))));
        jobs = Optional.of(new JobRoutes(main, version.files()));
        return this;
    }

    /** The streams of the routes in force. */
    public StreamCatalog catalog() {
        return version().catalog();
    }

    /** What is in force. */
    public RouteVersion version() {
        return sets.inForce().version();
    }

    /**
     * Starts the next version beside the one in force, then lets it take over. Whatever the change does not reach runs on; a pass that it
     * reaches finishes its batch and goes on under the new routes.
     *
     * @param prepare what must be so before the first batch under the new routes
     * @throws fr.pennylanesync.stream.FactsRefused if a route cannot be started: then nothing has changed, as with anything that
     *     {@code prepare} throws
     */
    public void exchange(RouteVersion next, Runnable prepare) {
        RouteVersion old = version();
        jobs.ifPresent(running -> running.rehearse(next.files()));
        RouteSet rehearsed = new RouteSet(next, parts);
        try {
            sets.exchange(rehearsed, old.replacedBy(next), old.reroutedBy(next), prepare);
        } catch (RuntimeException refused) {
            rehearsed.close();
            throw refused;
        }
        jobs.ifPresent(running -> running.exchange(next.files()));
    }

    /** One sync of one company: returns when its streams have ended, each in its own way (see {@link fr.pennylanesync.pass.Progress}). */
    public void sync(long companyId, List<StreamDefinition> streams, Demand demand) {
        List<String> names = streams.stream().map(StreamDefinition::name).toList();
        List<String> left = sets.run(false, set -> set.sync(companyId, names.stream().filter(set::has).toList(), demand));
        while (!left.isEmpty() && !Thread.currentThread().isInterrupted()) {
            List<String> brokenOff = left;
            left = sets.run(true, set -> set.sync(companyId, set.toGoOnWith(brokenOff), demand));
        }
    }

    /**
     * Archives the files of one company that are due; returns when none is left that is. What went wrong is in its progress.
     *
     * @param streams names; empty: all
     */
    public void archive(long companyId, List<String> streams) {
        List<String> left = sets.run(false, set -> set.archive(companyId, streams));
        while (!left.isEmpty() && !Thread.currentThread().isInterrupted()) {
            List<String> brokenOff = left;
            left = sets.run(true, set -> set.archive(companyId, brokenOff));
        }
    }

    @Override
    public void close() {
        jobs.ifPresent(JobRoutes::close);
        sets.close();
        parts.archive().close();
        parts.threads().shutdown();
    }
}
