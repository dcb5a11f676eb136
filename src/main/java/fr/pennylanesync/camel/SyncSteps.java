package fr.pennylanesync.camel;

import fr.pennylanesync.api.ApiFailure;
import fr.pennylanesync.checkpoint.CheckpointMoved;
import fr.pennylanesync.pass.OpenPass;
import fr.pennylanesync.pass.Passes;
import fr.pennylanesync.pass.Progress;
import fr.pennylanesync.stream.FactsRefused;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamFile;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import fr.pennylanesync.warehouse.Quarantine;
import fr.pennylanesync.warehouse.StreamStates;
import fr.pennylanesync.warehouse.WarehouseFailure;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** What the routes of a sync call: open a pass, land its batches, close it, record its failure. */
public final class SyncSteps {

    private static final Logger LOG = LoggerFactory.getLogger(SyncSteps.class);

    private final Supplier<StreamCatalog> catalog;
    private final Passes passes;
    private final Landing landing;
    private final StreamStates states;
    private final Quarantine quarantine;
    private final Progress progress;

    public SyncSteps(Supplier<StreamCatalog> catalog, Passes passes, Landing landing, StreamStates states, Quarantine quarantine,
            Progress progress) {
        this.catalog = catalog;
        this.passes = passes;
        this.landing = landing;
        this.states = states;
        this.quarantine = quarantine;
        this.progress = progress;
    }

    /** Opens the pass that the facts on the exchange describe. */
    public void open(Exchange exchange) {
        String name = exchange.getVariable(Variables.STREAM_NAME, String.class);
        progress.started(Variables.companyId(exchange), name);
        StreamDefinition stream = StreamFile.ofFacts(name, exchange.getVariable(StreamFile.VARIABLE, String.class));
        exchange.setVariable(Variables.PASS, passes.walk(Variables.companyId(exchange), stream));
    }

    /** Runs within the landing's transaction. */
    public void land(Exchange exchange) {
        OpenPass pass = Variables.pass(exchange);
        exchange.getMessage().setBody(landing.land(pass.batch(), catalog.get().childrenOf(pass.stream().name()), pass.next()));
    }

    /** Runs after the landing's transaction: only now does the pass go on. */
    public void landed(Exchange exchange) {
        OpenPass pass = Variables.pass(exchange);
        LandedBatch batch = exchange.getMessage().getBody(LandedBatch.class);
        pass.landed();
        if (batch != null) {
            progress.landed(pass, batch);
        }
    }

    /** A loop that was broken off by a stop leaves the pass unfinished: it goes on after the next start. */
    public void close(Exchange exchange) {
        OpenPass pass = Variables.pass(exchange);
        if (pass.isUnfinished()) {
            progress.ended(pass, Progress.Outcome.STOPPED);
            return;
        }
        states.walked(pass.checkpoint().companyId(), pass.stream().name());
        progress.ended(pass, Progress.Outcome.COMPLETE);
    }

    /** The names of the streams whose records belong to this stream's. */
    public List<String> children(Exchange exchange) {
        return catalog.get().childrenOf(exchange.getVariable(Variables.STREAM_NAME, String.class)).stream()
                .map(StreamDefinition::name).toList();
    }

    /** Records why a stream stopped; its checkpoint stands where its last batch left it. */
    public void failed(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String code = code(caught);
        String stream = exchange.getVariable(Variables.STREAM_NAME, String.class);
        if (caught instanceof WarehouseFailure) {
            quarantine.batch(Variables.pass(exchange).checkpoint(), code);
        }
        progress.failed(Variables.companyId(exchange), stream, code);
        LOG.error("stream_stopped company={} stream={} code={} remedy={}", Variables.companyId(exchange), stream, code, remedy(caught));
        states.failed(Variables.companyId(exchange), stream, code);
    }

    private static String code(Exception caught) {
        if (caught instanceof ApiFailure failure) {
            return failure.code().name();
        }
        if (caught instanceof WarehouseFailure failure) {
            return failure.code().name();
        }
        if (caught instanceof CheckpointMoved) {
            return "CHECKPOINT_MOVED";
        }
        return caught instanceof DataAccessException ? "WAREHOUSE_REFUSED" : "UNEXPECTED_" + caught.getClass().getSimpleName();
    }

    /** Only our own exceptions' messages are known to hold no data. */
    private static String remedy(Exception caught) {
        boolean ours = caught instanceof ApiFailure || caught instanceof WarehouseFailure || caught instanceof CheckpointMoved
                || caught instanceof FactsRefused;
        return ours ? caught.getMessage() : "see the class of the exception";
    }
}
