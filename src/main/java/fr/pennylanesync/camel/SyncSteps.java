package fr.pennylanesync.camel;

import fr.pennylanesync.api.ApiErrorCode;
import fr.pennylanesync.api.Page;
import fr.pennylanesync.company.CompanyErrorCode;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.pass.OpenPass;
import fr.pennylanesync.pass.PageRow;
import fr.pennylanesync.pass.Passes;
import fr.pennylanesync.pass.Progress;
import fr.pennylanesync.pass.StreamLife;
import fr.pennylanesync.stream.RouteErrorCode;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.BatchItem;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Quarantine;
import fr.pennylanesync.warehouse.StreamStates;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** What the routes of a sync call: which pass is due, what it reads, where it goes on, why it stopped. */
public final class SyncSteps {

    /**
     * What the steps work with.
     *
     * @param apiClock the API's clock, as its answers tell it
     */
    public record Parts(Function<StreamCatalog, Passes> passes, StreamStates states, Quarantine quarantine,
            Progress progress, Clock apiClock) {}

    /** They befall every stream of the company alike, and the company's own row says so. */
    private static final Set<ErrorCode> OF_THE_COMPANY =
            Set.of(ApiErrorCode.TOKEN_REFUSED, CompanyErrorCode.COMPANY_NOT_ACTIVE);

    private final Parts parts;
    private final StreamCatalog catalog;
    private final Passes passes;
    private final Tenure tenure;

    /** @param catalog the streams of the set of routes that calls these steps */
    SyncSteps(Parts parts, StreamCatalog catalog, Tenure tenure) {
        this.parts = parts;
        this.catalog = catalog;
        this.passes = parts.passes().apply(catalog);
        this.tenure = tenure;
    }

    /** Decides what the stream that the exchange names needs. */
    public void plan(Exchange exchange) {
        long companyId = Variables.companyId(exchange);
        String name = Variables.streamName(exchange);
        parts.progress().started(companyId, name);
        StreamDefinition stream = catalog.find(name).orElseThrow();
        StreamLife plan = new StreamLife(companyId, stream, passes, parts.states(), Variables.demand(exchange),
                parts.apiClock());
        exchange.setVariable(Variables.PLAN, plan);
        if (!plan.isDue()) {
            parts.progress().idle(companyId, name);
            tellUnconfirmed(plan, companyId, name);
        }
    }

    /** Opens the next pass that is due. */
    public void open(Exchange exchange) {
        exchange.setVariable(Variables.PASS, Variables.plan(exchange).next());
    }

    /** Whether the pass has something left to read, under these routes. */
    public boolean hasNext(Exchange exchange) {
        OpenPass pass = Variables.pass(exchange);
        return Variables.plan(exchange).isReading() && tenure.keeps(pass.stream().name(), pass.isResumable());
    }

    /** Whether a lane of the pass has something left to read, under these routes. */
    public boolean laneHasNext(Exchange exchange) {
        Lane lane = Variables.lane(exchange);
        return lane.isUnfinished() && tenure.keeps(lane.stream().name(), lane.isResumable());
    }

    /** Holds the page against its request; its rows become the message. */
    public void checkPage(Exchange exchange) {
        exchange.getMessage().setBody(Variables.pages(exchange).check(exchange.getMessage().getBody(Page.class)));
    }

    /** Makes one row of a page what a batch takes: without expiring links, canonical, hashed. */
    public BatchItem hashRecord(Exchange exchange) {
        return Variables.pages(exchange).map(exchange.getMessage().getBody(PageRow.class));
    }

    /** Takes the rows of the page, unless the page is to be read once more. */
    @SuppressWarnings("unchecked")
    public void takePage(Exchange exchange) {
        Variables.pages(exchange).take(exchange.getMessage().getBody(List.class));
        exchange.getMessage().setBody(null);
    }

    /** Goes on behind a batch whose transaction is committed. */
    public void advance(Exchange exchange) {
        Lane lane = Variables.lane(exchange);
        int requests = lane.batchRequests();
        Optional<LandedBatch> landed = Variables.landed(exchange);
        lane.landed(landed);
        landed.ifPresent(batch -> parts.progress().landed(lane, batch, requests));
    }

    /** A loop that was broken off leaves its pass unfinished: it goes on after the next start, or under the routes that follow. */
    public void close(Exchange exchange) {
        OpenPass pass = Variables.pass(exchange);
        StreamLife plan = Variables.plan(exchange);
        if (!plan.isOpen()) {
            // A lane failed and has said so.
            return;
        }
        if (plan.isReading()) {
            breakOff(exchange);
            return;
        }
        plan.completed();
        if (plan.isDue()) {
            parts.progress().ended(pass, Progress.Outcome.RUNNING);
            return;
        }
        parts.progress().ended(pass, Progress.Outcome.COMPLETE);
        tellUnconfirmed(plan, pass.checkpoint().companyId(), pass.stream().name());
    }

    private void tellUnconfirmed(StreamLife plan, long companyId, String stream) {
        plan.sweepStopped().ifPresent(reason -> parts.progress().unconfirmed(companyId, stream, reason));
    }

    private void breakOff(Exchange exchange) {
        OpenPass pass = Variables.pass(exchange);
        Variables.plan(exchange).stopped();
        parts.progress().ended(pass, Progress.Outcome.STOPPED);
        if (tenure.isTaken(pass.stream().name())) {
            Variables.brokenOff(exchange).add(pass.stream().name());
        }
    }

    /** The names of the streams whose records belong to this stream's. */
    public List<String> children(Exchange exchange) {
        return catalog.childrenOf(Variables.streamName(exchange)).stream().map(StreamDefinition::name).toList();
    }

    /** Records a batch that failed again and again, so that somebody looks at it; it is read again at the next sync. */
    public void setAside(Exchange exchange) {
        SyncException failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, SyncException.class);
        parts.quarantine().batch(Variables.lane(exchange).checkpoint(), failure.code().name());
    }

    /** Records why a stream stopped; its checkpoint stands where its last batch left it. */
    public void failed(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        StreamLife plan = Variables.plan(exchange);
        if (isFailure(caught, RouteErrorCode.ROUTES_EXCHANGED)) {
            breakOff(exchange);
            return;
        }
        if (plan != null && isFailure(caught, ApiErrorCode.CHANGELOG_TOO_OLD) && plan.gap()) {
            return;
        }
        if (plan != null) {
            plan.stopped();
        }
        tell(caught, Variables.companyId(exchange), Variables.streamName(exchange), plan);
    }

    private static boolean isFailure(Exception caught, ErrorCode code) {
        return caught instanceof SyncException failure && failure.is(code);
    }

    private void tell(Exception caught, long companyId, String stream, StreamLife plan) {
        if (plan != null && isFailure(caught, ApiErrorCode.SCOPE_MISSING)) {
            parts.progress().notPermitted(companyId, stream, plan.scope(), parts.states().notPermitted(companyId, stream, plan.scope()));
            return;
        }
        Failure failure = Failure.of(caught);
        if (caught instanceof SyncException refused && OF_THE_COMPANY.contains(refused.code())) {
            parts.progress().companyStopped(companyId, stream, failure.code(), failure.message());
            return;
        }
        parts.progress().failed(companyId, stream, failure.code(), failure.message());
        parts.states().failed(companyId, stream, failure.code());
    }
}
