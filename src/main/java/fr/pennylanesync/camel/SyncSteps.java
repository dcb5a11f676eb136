package fr.pennylanesync.camel;

import fr.pennylanesync.api.ApiFailure;
import fr.pennylanesync.api.ApiFailureCode;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.pass.OpenPass;
import fr.pennylanesync.pass.PartitionLane;
import fr.pennylanesync.pass.Passes;
import fr.pennylanesync.pass.Progress;
import fr.pennylanesync.pass.StreamLife;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import fr.pennylanesync.warehouse.Quarantine;
import fr.pennylanesync.warehouse.StreamStates;
import fr.pennylanesync.warehouse.WarehouseFailure;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** What the routes of a sync call: which pass is due, land its batches, close it, record its failure. */
public final class SyncSteps {

    /**
     * What the steps work with.
     *
     * @param apiClock the API's clock, as its answers tell it
     */
    public record Parts(Function<StreamCatalog, Passes> passes, Landing landing, StreamStates states, Quarantine quarantine,
            Progress progress, Clock apiClock) {}

    /** They befall every stream of the company alike, and the company's own row says so. */
    private static final Set<ApiFailureCode> OF_THE_COMPANY = EnumSet.of(ApiFailureCode.TOKEN_REFUSED, ApiFailureCode.COMPANY_NOT_ACTIVE);

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
    public void begin(Exchange exchange) {
        long companyId = Variables.companyId(exchange);
        String name = Variables.streamName(exchange);
        parts.progress().started(companyId, name);
        StreamDefinition stream = catalog.find(name).orElseThrow();
        StreamLife life = new StreamLife(companyId, stream, passes, parts.states(), Variables.demand(exchange),
                parts.apiClock());
        exchange.setVariable(Variables.LIFE, life);
        if (!life.isDue()) {
            parts.progress().idle(companyId, name);
            tellUnconfirmed(life, companyId, name);
        }
    }

    /** Opens the next pass that is due. */
    public void open(Exchange exchange) {
        exchange.setVariable(Variables.PASS, Variables.life(exchange).next());
    }

    /** Whether the pass has something left to read, under these routes. */
    public boolean goesOn(Exchange exchange) {
        OpenPass pass = Variables.pass(exchange);
        return Variables.life(exchange).isReading() && tenure.keeps(pass.stream().name(), pass.isResumable());
    }

    /** Whether a lane of the pass has something left to read, under these routes. */
    public boolean laneGoesOn(Exchange exchange) {
        Lane lane = Variables.lane(exchange);
        boolean keeps = tenure.keeps(lane.stream().name(), lane.isResumable());
        if (!keeps && lane instanceof PartitionLane partitions) {
            partitions.abandon();
        }
        return keeps && lane.isUnfinished();
    }

    /** Runs within the landing's transaction. */
    public void land(Exchange exchange) {
        Lane lane = Variables.lane(exchange);
        String stream = lane.stream().name();
        exchange.getMessage().setBody(lane.land(parts.landing(), catalog.dependentsOf(stream)));
        // Asked last, with the rows locked: a column that is added meanwhile is filled only after this batch, or this batch is dropped.
        if (tenure.isReplaced(stream)) {
            throw new RoutesExchanged(stream);
        }
    }

    /** Runs after the landing's transaction: only now does the lane go on. */
    public void landed(Exchange exchange) {
        Lane lane = Variables.lane(exchange);
        int requests = lane.batchRequests();
        lane.landed();
        // Nothing was landed now if an earlier attempt had landed it.
        LandedBatch batch = exchange.getMessage().getBody(LandedBatch.class);
        if (batch != null) {
            parts.progress().landed(lane, batch, requests);
        }
    }

    /** A loop that was broken off leaves its pass unfinished: it goes on after the next start, or under the routes that follow. */
    public void close(Exchange exchange) {
        OpenPass pass = Variables.pass(exchange);
        StreamLife life = Variables.life(exchange);
        if (!life.isOpen()) {
            // A lane failed and has said so.
            return;
        }
        if (life.isReading()) {
            breakOff(exchange);
            return;
        }
        life.completed();
        if (life.isDue()) {
            parts.progress().ended(pass, Progress.Outcome.RUNNING);
            return;
        }
        parts.progress().ended(pass, Progress.Outcome.COMPLETE);
        tellUnconfirmed(life, pass.checkpoint().companyId(), pass.stream().name());
    }

    private void tellUnconfirmed(StreamLife life, long companyId, String stream) {
        life.sweepStopped().ifPresent(reason -> parts.progress().unconfirmed(companyId, stream, reason));
    }

    private void breakOff(Exchange exchange) {
        OpenPass pass = Variables.pass(exchange);
        Variables.life(exchange).stopped();
        parts.progress().ended(pass, Progress.Outcome.STOPPED);
        if (tenure.isTaken(pass.stream().name())) {
            Variables.brokenOff(exchange).add(pass.stream().name());
        }
    }

    /** The names of the streams whose records belong to this stream's. */
    public List<String> children(Exchange exchange) {
        return catalog.childrenOf(Variables.streamName(exchange)).stream().map(StreamDefinition::name).toList();
    }

    /** Records why a stream stopped; its checkpoint stands where its last batch left it. */
    public void failed(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        StreamLife life = Variables.life(exchange);
        if (exchange.getVariable(Variables.READ) instanceof PartitionLane lane) {
            lane.abandon();
        }
        if (caught instanceof RoutesExchanged) {
            breakOff(exchange);
            return;
        }
        if (life != null && caught instanceof ApiFailure failure && failure.code() == ApiFailureCode.CHANGELOG_TOO_OLD && life.gap()) {
            return;
        }
        if (life != null) {
            life.stopped();
        }
        if (caught instanceof WarehouseFailure failure) {
            parts.quarantine().batch(Variables.lane(exchange).checkpoint(), failure.code().name());
        }
        tell(caught, Variables.companyId(exchange), Variables.streamName(exchange), life);
    }

    private void tell(Exception caught, long companyId, String stream, StreamLife life) {
        if (life != null && caught instanceof ApiFailure failure && failure.code() == ApiFailureCode.SCOPE_MISSING) {
            parts.progress().notPermitted(companyId, stream, life.scope(), parts.states().notPermitted(companyId, stream, life.scope()));
            return;
        }
        Failure failure = Failure.of(caught);
        if (caught instanceof ApiFailure refused && OF_THE_COMPANY.contains(refused.code())) {
            parts.progress().companyStopped(companyId, stream, failure.code(), failure.message());
            return;
        }
        parts.progress().failed(companyId, stream, failure.code(), failure.message());
        parts.states().failed(companyId, stream, failure.code());
    }
}
