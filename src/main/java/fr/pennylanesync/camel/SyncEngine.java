package fr.pennylanesync.camel;

import fr.pennylanesync.api.page.ExactJson;
import fr.pennylanesync.audit.AuditRead;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.failure.UnexpectedFailure;
import fr.pennylanesync.landing.Landing;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.share.OpenShare;
import fr.pennylanesync.stream.RouteErrorCode;
import fr.pennylanesync.stream.StreamCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.main.Main;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.quartz.SchedulerException;
import org.springframework.transaction.support.TransactionTemplate;

/** The Camel runtime: runs syncs through the routes in force, and exchanges those while it runs. */
public final class SyncEngine implements AutoCloseable {

    /** A stream and the sub-list that is read below it. */
    private static final int LANE_THREADS_PER_STREAM = 2;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /**
     * Names what the engine works with.
     *
     * @param properties what the routes may refer to as {@code {{name}}}
     * @param snapshots opens one of the data sharing
     * @param tracing makes spans of what runs; empty: nobody asks for them
     */
    public record EngineDependencies(Map<String, String> properties, HttpClientConfigurer http,
            TransactionTemplate transactions,
            Landing landing, Supplier<OpenShare> snapshots, PageSteps page, CompanySteps.Parts company,
            SyncSteps.SyncStepDependencies sync,
            ArchiveBeans archive, DigestSteps digest, WebhookSteps webhook, Optional<TracedRoutes> tracing,
            Threads threads) {

        /** @param streams and children, that may be read at the same time, over all companies */
        public EngineDependencies(Map<String, String> properties, HttpClientConfigurer http,
                TransactionTemplate transactions,
                Landing landing, Supplier<OpenShare> snapshots, PageSteps page, CompanySteps.Parts company,
                SyncSteps.SyncStepDependencies sync,
                ArchiveBeans archive, DigestSteps digest, WebhookSteps webhook, Optional<TracedRoutes> tracing,
                int streams) {
            this(properties, http, transactions, landing, snapshots, page, company, sync, archive, digest, webhook,
                    tracing,
                    new Threads(threads(streams), threads(streams), threads(streams * LANE_THREADS_PER_STREAM)));
        }

        /** Makes at most as many threads as asked for; one more task runs on the thread that asks. */
        private static ExecutorService threads(int max) {
            return new ThreadPoolExecutor(0, max, 1, TimeUnit.MINUTES, new SynchronousQueue<>(),
                    new ThreadPoolExecutor.CallerRunsPolicy());
        }

        /** Makes everything that policies, steps and streams name. */
        void bind(Main main, StreamCatalog catalog, StreamAssignment assignment) {
            main.bind(DeclaredStreamConfigurer.NAME, new DeclaredStreamConfigurer());
            main.bind("pennylaneHttp", http);
            main.bind("warehouseTransaction", new TransactionPolicy(transactions, sync.quarantine()::changes));
            main.bind("checkpoints", new Checkpoints(landing::contains));
            main.bind("landing", new LandingSteps(landing, transactions, catalog, assignment));
            main.bind("page", page);
            main.bind("exactJson", ExactJson.MAPPER);
            main.bind("inOrder", new GroupedBodyAggregationStrategy());
            SnapshotPolicy snapshot = new SnapshotPolicy(snapshots);
            main.bind("shareSnapshot", snapshot);
            main.bind("shareSource", snapshot.dataSource());
            main.bind("share", new ShareSteps());
            main.bind("company", new CompanySteps(company, catalog));
            main.bind("audit", new AuditSteps());
            main.bind("rereads", new RereadSteps(company.rereads().apply(catalog), company.stopping()));
            main.bind("books", new BooksSteps(company.books().apply(catalog), company.stopping()));
            main.bind("sync", new SyncSteps(sync, catalog, assignment));
            archive.bind(main, catalog, assignment);
            main.bind("digest", digest);
            webhook.bind(main);
            main.bind("jobFailures", new JobFailures(sync.outages()));
            main.bind("foreignFailures", new ForeignFailures());
            main.bind("quietRedelivery", new QuietRedelivery());
            tracing.ifPresent(traced -> main.bind("tracedRoutes", traced));
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

    private final EngineDependencies dependencies;
    private final RouteSets sets;
    private final Optional<JobRoutes> jobs;

    private SyncEngine(EngineDependencies dependencies, RouteSets sets, Optional<JobRoutes> jobs) {
        this.dependencies = dependencies;
        this.sets = sets;
        this.jobs = jobs;
    }

    /**
     * Starts the routes without jobs, for commands that do one thing and end.
     *
     * @throws fr.pennylanesync.stream.RoutesException if a route cannot be started
     */
    public static SyncEngine start(EngineDependencies dependencies, RouteVersion version) {
        return new SyncEngine(dependencies, sets(dependencies, version), Optional.empty());
    }

    private static RouteSets sets(EngineDependencies dependencies, RouteVersion version) {
        return new RouteSets(new RouteSet(version, dependencies));
    }

    /**
     * Starts the routes with the jobs of {@code routes/jobs/}.
     *
     * @param schedule begins the job that syncs companies
     * @param beans what the jobs call, by name
     * @throws fr.pennylanesync.stream.RoutesException if a route cannot be started
     */
    public static SyncEngine startWithJobs(EngineDependencies dependencies, RouteVersion version,
            CompanySchedule schedule, Map<String, Object> beans) {
        RouteSets sets = sets(dependencies, version);
        Main main = CamelContexts.configured("jobs", dependencies.properties(), version.schemes());
        JobRoutes.scheduler().forEach(main::addInitialProperty);
        dependencies.bind(main, version.catalog(), new StreamAssignment());
        beans.forEach(main::bind);
        main.bind("direct", new ForwardedDirect((step, job) -> forward(sets, step, job)));
        main.bind("company-schedule", schedule);
        return new SyncEngine(dependencies, sets, Optional.of(new JobRoutes(main, version)));
    }

    /** The streams of the routes in force. */
    public StreamCatalog catalog() {
        return version().catalog();
    }

    /** Returns the version of the routes that is in force. */
    public RouteVersion version() {
        return sets.inForce().version();
    }

    /**
     * Starts the next version beside the one in force, then lets it take over. Whatever the change does not reach runs
     * on; a pass that it reaches finishes its batch and goes on under the new routes.
     *
     * @param prepare what must be so before the first batch under the new routes
     * @throws fr.pennylanesync.stream.RoutesException if a route cannot be started: then nothing has changed, as with
     * anything that {@code prepare} throws
     */
    public void exchange(RouteVersion next, Runnable prepare) {
        RouteVersion old = version();
        jobs.ifPresent(running -> running.rehearse(next.files()));
        RouteSet rehearsed = new RouteSet(next, dependencies);
        try {
            sets.exchange(rehearsed, old.replacedBy(next), old.reroutedBy(next), prepare);
        } catch (RuntimeException refused) {
            rehearsed.close();
            throw refused;
        }
        jobs.ifPresent(running -> running.exchange(next.files()));
    }

    /**
     * Syncs one company and returns when its streams have ended, each in its own way (see
     * {@link fr.pennylanesync.plan.Progress}).
     *
     * @param streams names; empty: all
     * @param leaseWait how long to wait for another process that reads the company
     */
    public void sync(long companyId, List<String> streams, SyncRequest syncRequest, Duration leaseWait) {
        toItsEnd(sets, "sync-company", exchange -> {
            exchange.setVariable(Variables.COMPANY_ID, companyId);
            exchange.setVariable(Variables.STREAMS, streams);
            exchange.setVariable(Variables.SYNC_REQUEST, syncRequest);
            exchange.setVariable(Variables.LEASE_WAIT, leaseWait);
        });
    }

    /**
     * Archives the files of one company that are due; returns when none is left that is, or when another run has the
     * company. What went wrong is in its progress.
     *
     * @param streams names; empty: all
     */
    public void archive(long companyId, List<String> streams) {
        toItsEnd(sets, "archive-company", exchange -> {
            exchange.setVariable(Variables.COMPANY_ID, companyId);
            exchange.setVariable(Variables.STREAMS, streams);
        });
    }

    /**
     * Reads what an audit compares the warehouse with.
     *
     * @param leaseWait how long to wait for another process that reads the company
     * @throws SyncException if it cannot be read to its end
     */
    public void read(AuditRead read, Duration leaseWait) {
        Exchange ended = toItsEnd(sets, "audit-company", exchange -> {
            exchange.setVariable(Variables.COMPANY_ID, read.companyId());
            exchange.setVariable(Variables.AUDIT, read);
            exchange.setVariable(Variables.LEASE_WAIT, leaseWait);
        });
        if (ended.getException() != null) {
            FatalErrors.rethrow(ended.getException());
            throw UnexpectedFailure.of(ended.getException());
        }
        if (read.isUnfinished()) {
            throw new SyncException(RouteErrorCode.ROUTES_EXCHANGED);
        }
    }

    /**
     * Makes a digest document and stores it.
     *
     * @return the code of what kept it from that; empty where it is stored
     */
    public Optional<String> anchor() {
        return Optional.ofNullable(toItsEnd(sets, "anchor-digest", exchange -> {})
                .getVariable(Variables.DIGEST_FAILURE, String.class));
    }

    /** Runs a step for a job, whose exchange lends its variables and body, and gets a failure back. */
    private static void forward(RouteSets sets, String step, Exchange job) {
        Exchange ended = toItsEnd(sets, step, exchange -> {
            job.getVariables().forEach(exchange::setVariable);
            exchange.getMessage().setBody(job.getMessage().getBody());
        });
        job.setException(ended.getException());
    }

    /**
     * Calls a step in the set in force; the streams that it breaks off because routes are exchanged go on in the set
     * that follows.
     */
    private static Exchange toItsEnd(RouteSets sets, String step, Consumer<Exchange> prepare) {
        RouteSet.Sent sent = sets.run(false, set -> set.send(step, prepare));
        while (!sent.brokenOff().isEmpty() && !Thread.currentThread().isInterrupted()) {
            RouteSet.Sent before = sent;
            sent = sets.run(true, set -> goOn(set, step, prepare, before));
        }
        return sent.ended();
    }

    private static RouteSet.Sent goOn(RouteSet set, String step, Consumer<Exchange> prepare, RouteSet.Sent before) {
        List<String> streams = set.enabled(before.brokenOff());
        return streams.isEmpty() ? new RouteSet.Sent(before.ended(), streams)
                : set.send(step, prepare.andThen(exchange -> exchange.setVariable(Variables.STREAMS, streams)));
    }

    /** From now on no sync is begun; what is under way ends at its next batch. */
    public void stopBeginning() {
        dependencies.company().stopping().set(true);
    }

    /** Brings the jobs back that a leap of the wall clock has left further ahead than their schedule allows. */
    public void replanJobs(Instant now) throws SchedulerException {
        if (jobs.isPresent()) {
            jobs.get().replan(now);
        }
    }

    @Override
    public void close() {
        close(STOP_LIMIT);
    }

    /** @param limit how long batches under way are waited for */
    public void close(Duration limit) {
        dependencies.archive().stop();
        jobs.ifPresent(JobRoutes::close);
        sets.close(limit);
        dependencies.archive().close();
        dependencies.threads().shutdown();
        dependencies.tracing().ifPresent(TracedRoutes::close);
    }
}
