package fr.pennylanesync.camel;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.BatchLanding;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.Landing;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.RefusedRecord;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.stream.RouteErrorCode;
import fr.pennylanesync.stream.StreamCatalog;
import java.util.List;
import org.apache.camel.Exchange;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The steps of the route {@code land-batch}: each writes its part of a batch, in the order in which the route calls
 * them.
 */
public final class LandingSteps {

    private final Landing landing;
    private final TransactionOperations transactions;
    private final StreamCatalog catalog;
    private final StreamAssignment assignment;

    /** Makes the steps for the set of routes whose streams the catalogue has. */
    LandingSteps(Landing landing, TransactionOperations transactions, StreamCatalog catalog,
            StreamAssignment assignment) {
        this.landing = landing;
        this.transactions = transactions;
        this.catalog = catalog;
        this.assignment = assignment;
    }

    /** Takes the batch that the lane has read; nothing is written yet. */
    public void open(Exchange exchange) {
        Lane lane = Variables.lane(exchange);
        exchange.removeVariable(Variables.LANDED);
        exchange.setVariable(Variables.LANDING,
                landing.begin(without(lane.batch(), Variables.refused(exchange)),
                        catalog.dependentsOf(lane.stream().name())));
    }

    private static Batch without(Batch batch, List<RefusedRecord> refused) {
        return batch instanceof RecordBatch records && !refused.isEmpty() ? records.without(refused) : batch;
    }

    /**
     * Finds the records that the database does not take, so that the batch is landed without them.
     *
     * @throws Exception the refusal, if it is no record's
     */
    public void findRefused(Exchange exchange) throws Exception {
        Lane lane = Variables.lane(exchange);
        List<RefusedRecord> refused = landing.refused(lane.batch(), transactions);
        if (refused.isEmpty()) {
            throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        }
        exchange.setVariable(Variables.REFUSED, refused);
        lane.withhold(refused);
    }

    public void findDeletions(Exchange exchange) {
        Variables.landing(exchange).findDeletions();
    }

    public void writeRows(Exchange exchange) {
        Variables.landing(exchange).writeRows();
    }

    public void readBack(Exchange exchange) {
        Variables.landing(exchange).readBack();
    }

    public void refuse(Exchange exchange) {
        Variables.landing(exchange).refuse();
    }

    public void noteDue(Exchange exchange) {
        Variables.landing(exchange).noteDue();
    }

    public void setAside(Exchange exchange) {
        Variables.landing(exchange).setAside();
    }

    public void noteFiles(Exchange exchange) {
        Variables.landing(exchange).noteFiles();
    }

    public void appendLedger(Exchange exchange) {
        BatchLanding batch = Variables.landing(exchange);
        batch.appendLedger();
        LandedBatch landed = batch.landed();
        exchange.setVariable(Variables.LANDED, landed);
    }

    /**
     * Makes sure that these routes may still write the stream's rows. It comes last, with the rows locked: a column
     * that is added meanwhile is filled only after this batch, or this batch is dropped.
     *
     * @throws SyncException ROUTES_EXCHANGED if other routes write them differently from now on
     */
    public void requireAssignment(Exchange exchange) {
        String stream = Variables.lane(exchange).stream().name();
        if (assignment.isReplaced(stream)) {
            throw new SyncException(RouteErrorCode.ROUTES_EXCHANGED, stream);
        }
    }
}
