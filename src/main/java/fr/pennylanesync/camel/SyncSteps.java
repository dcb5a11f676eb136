package fr.pennylanesync.camel;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.checkpoint.PositionClock;
import fr.pennylanesync.company.CompanyErrorCode;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.LandingFailures;
import fr.pennylanesync.landing.record.BatchItem;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.outage.Outages.Part;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.pass.PageRow;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.plan.IdleStreams;
import fr.pennylanesync.plan.PassFactory;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.plan.SyncPlan;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.stream.RouteErrorCode;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Gives the routes of a sync their steps: which pass is due, what it reads, where it goes on, why it stopped. */
public final class SyncSteps {

    /**
     * Names what the steps work with.
     *
     * @param clock says how far positions may move
     */
    public record SyncStepDependencies(Function<StreamCatalog, PassFactory> passes, StreamStates states,
            Quarantine quarantine,
            Progress progress, PositionClock clock, Outages outages) {}

    /** They befall every stream of the company alike, and the company's own row says so. */
    private static final Set<ErrorCode> OF_THE_COMPANY =
            Set.of(ApiErrorCode.TOKEN_REFUSED, CompanyErrorCode.COMPANY_NOT_ACTIVE);

    private final SyncStepDependencies dependencies;
    private final StreamCatalog catalog;
    private final SyncPlan.Parts parts;
    private final StreamAssignment assignment;

    /** @param catalog the streams of the set of routes that calls these steps */
    SyncSteps(SyncStepDependencies dependencies, StreamCatalog catalog, StreamAssignment assignment) {
        this.dependencies = dependencies;
        this.catalog = catalog;
        this.parts = new SyncPlan.Parts(dependencies.passes().apply(catalog), dependencies.states(),
                new IdleStreams(dependencies.states(), catalog, dependencies.progress()), dependencies.clock());
        this.assignment = assignment;
    }

    /** Decides what the stream that the exchange names needs. */
    public void plan(Exchange exchange) {
        long companyId = Variables.companyId(exchange);
        String name = Variables.streamName(exchange);
        dependencies.progress().started(companyId, name);
        StreamDefinition stream = catalog.find(name).orElseThrow();
        SyncPlan plan = new SyncPlan(parts, companyId, stream, Variables.companyPlan(exchange).round(),
                Variables.syncRequest(exchange));
        exchange.setVariable(Variables.PLAN, plan);
        if (!plan.isDue()) {
            dependencies.progress().idle(companyId, name);
            tellUnconfirmed(plan, companyId, name);
        }
    }

    /** Opens the next pass that is due. */
    public void open(Exchange exchange) {
        Pass pass = Variables.syncPlan(exchange).next();
        if (pass.stream().isApart()) {
            dependencies.progress().started(pass.checkpoint().companyId(), pass.stream().name());
        }
        exchange.setVariable(Variables.PASS, pass);
    }

    /** Tells whether the pass has something left to read, under these routes. */
    public boolean hasNext(Exchange exchange) {
        Pass pass = Variables.pass(exchange);
        return Variables.syncPlan(exchange).isReading()
                && assignment.mayContinue(pass.stream().name(), pass.isResumable());
    }

    /** Tells whether a lane of the pass has something left to read, under these routes. */
    public boolean laneHasNext(Exchange exchange) {
        Lane lane = Variables.lane(exchange);
        return lane.isUnfinished() && assignment.mayContinue(lane.stream().name(), lane.isResumable());
    }

    /** Holds the page against its request; its rows become the message. */
    public void checkPage(Exchange exchange) {
        exchange.getMessage().setBody(Variables.pageLane(exchange).check(exchange.getMessage().getBody(Page.class)));
    }

    /** Makes one row of a page what a batch takes: without expiring links, canonical, hashed. */
    public BatchItem hashRecord(Exchange exchange) {
        return Variables.pageLane(exchange).map(exchange.getMessage().getBody(PageRow.class));
    }

    /** Takes the rows of the page, unless the page is to be read once more. */
    @SuppressWarnings("unchecked")
    public void takePage(Exchange exchange) {
        Variables.pageLane(exchange).take(exchange.getMessage().getBody(List.class));
        exchange.getMessage().setBody(null);
    }

    /** Goes on behind a batch whose transaction is committed. */
    public void advance(Exchange exchange) {
        Lane lane = Variables.lane(exchange);
        int requests = lane.batchRequests();
        Optional<LandedBatch> landed = Variables.landed(exchange);
        lane.landed(landed);
        if (lane.isShared()) {
            dependencies.outages().answered(Part.SHARE);
        }
        landed.ifPresent(batch -> dependencies.progress().landed(lane, batch, requests));
    }

    /**
     * A loop that was broken off leaves its pass unfinished: it goes on after the next start, or under the routes that
     * follow.
     */
    public void close(Exchange exchange) {
        Pass pass = Variables.pass(exchange);
        SyncPlan plan = Variables.syncPlan(exchange);
        if (!plan.isOpen()) {
            // A lane failed and has said so.
            return;
        }
        if (plan.isReading()) {
            breakOff(exchange);
            return;
        }
        if (pass instanceof Lane lane) {
            dependencies.progress().asked(pass.checkpoint().companyId(), pass.stream().name(), lane.batchRequests());
        }
        plan.completed();
        if (pass.stream().isApart()) {
            dependencies.progress().ended(pass, Progress.StreamOutcome.COMPLETE);
        } else if (plan.isDue()) {
            dependencies.progress().ended(pass, Progress.StreamOutcome.RUNNING);
        } else {
            dependencies.progress().ended(pass, Progress.StreamOutcome.COMPLETE);
        }
        if (!plan.isDue()) {
            tellRead(exchange, plan, pass.stream().isApart());
        }
    }

    /**
     * The stream is read.
     *
     * @param behind whether a table that is kept apart was read behind it
     */
    private void tellRead(Exchange exchange, SyncPlan plan, boolean behind) {
        long companyId = Variables.companyId(exchange);
        String stream = Variables.streamName(exchange);
        if (behind) {
            dependencies.progress().idle(companyId, stream);
        }
        tellUnconfirmed(plan, companyId, stream);
    }

    private void tellUnconfirmed(SyncPlan plan, long companyId, String stream) {
        plan.sweepStopped().ifPresent(reason -> dependencies.progress().unconfirmed(companyId, stream, reason));
    }

    private void breakOff(Exchange exchange) {
        Pass pass = Variables.pass(exchange);
        Variables.syncPlan(exchange).stopped();
        dependencies.progress().ended(pass, Progress.StreamOutcome.STOPPED);
        if (assignment.isRevoked(pass.stream().name())) {
            Variables.brokenOff(exchange).add(pass.stream().name());
        }
    }

    /** The names of the streams whose records belong to this stream's, without those of which nothing is due. */
    public List<String> children(Exchange exchange) {
        return Variables.syncPlan(exchange).childrenToRead()
                .orElseGet(() -> parts.idle().childrenToRead(Variables.companyId(exchange),
                        Variables.streamName(exchange), Variables.syncRequest(exchange)));
    }

    /** Tells whether the lane can find the item that the failure is the fault of, and go on without it. */
    public boolean isolates(Exchange exchange) {
        Lane lane = Variables.lane(exchange);
        return lane != null && Failure.caught(exchange) instanceof SyncException failure && lane.isolates(failure);
    }

    /** Lets the lane find the item that a failure which repeats is the fault of. */
    public void isolate(Exchange exchange) {
        Variables.lane(exchange).isolate((SyncException) Failure.caught(exchange));
    }

    /** Records a batch that failed again and again, so that somebody looks at it; it is read again at the next sync. */
    public void setAside(Exchange exchange) {
        SyncException failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, SyncException.class);
        dependencies.quarantine().batch(Variables.lane(exchange).checkpoint(), failure.code().name());
    }

    /**
     * Records why a stream stopped; its checkpoint stands where its last batch left it. Where the warehouse is away
     * itself, its state there stays as it was: a policy whose step throws would have Camel write a stack trace.
     */
    public void failed(Exchange exchange) {
        try {
            record(exchange);
        } catch (DataAccessException away) {
            notRecorded(exchange, LandingFailures.of(away));
        } catch (TransactionException away) {
            notRecorded(exchange, LandingFailures.of(away));
        }
    }

    private void notRecorded(Exchange exchange, SyncException failure) {
        tell(Failure.of(failure), Variables.companyId(exchange), Variables.streamName(exchange));
    }

    private void record(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        SyncPlan plan = Variables.syncPlan(exchange);
        if (isFailure(caught, RouteErrorCode.ROUTES_EXCHANGED)) {
            breakOff(exchange);
            return;
        }
        if (plan != null && isFailure(caught, ApiErrorCode.CHANGELOG_TOO_OLD) && plan.gap()) {
            return;
        }
        Optional<String> apart = plan == null ? Optional.empty() : plan.stoppedApart();
        if (apart.isPresent()) {
            tell(caught, Variables.companyId(exchange), apart.get(), plan);
            tellRead(exchange, plan, true);
            return;
        }
        if (plan != null) {
            plan.stopped();
        }
        tell(caught, Variables.companyId(exchange), Variables.streamName(exchange), plan);
    }

    private void tell(Failure failure, long companyId, String stream) {
        if (failure.errorCode() == ShareErrorCode.SHARE_UNREACHABLE) {
            dependencies.outages().away(Part.SHARE, failure.code(), failure.errorCode().remedy());
        }
        if (failure.isToldBy(dependencies.outages())) {
            dependencies.progress().waits(companyId, stream, failure.message());
        } else {
            dependencies.progress().failed(companyId, stream, failure.code(), failure.message());
        }
    }

    private static boolean isFailure(Exception caught, ErrorCode code) {
        return caught instanceof SyncException failure && failure.is(code);
    }

    private void tell(Exception caught, long companyId, String stream, SyncPlan plan) {
        if (plan != null && isFailure(caught, ApiErrorCode.SCOPE_MISSING)) {
            dependencies.progress().notPermitted(companyId, stream, plan.scope(),
                    dependencies.states().notPermitted(companyId, stream, plan.scope()));
            return;
        }
        Failure failure = Failure.of(caught);
        if (caught instanceof SyncException refused && OF_THE_COMPANY.contains(refused.code())) {
            dependencies.progress().companyStopped(companyId, stream, failure.code(), failure.message());
            return;
        }
        tell(failure, companyId, stream);
        dependencies.states().failed(companyId, stream, failure.code());
    }
}
