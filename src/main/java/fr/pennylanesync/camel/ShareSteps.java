package fr.pennylanesync.camel;

import fr.pennylanesync.history.PartitionLane;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Gives the route {@code read-partition} the steps around its JDBC steps. */
public final class ShareSteps {

    /** Opens the partition within the snapshot; the statement for its digest becomes the message. */
    public String open(Exchange exchange) {
        PartitionLane lane = Variables.partitionLane(exchange);
        lane.open(Variables.snapshot(exchange));
        return lane.digestStatement();
    }

    /** Keeps the digest; the statement for the rows becomes the message. */
    @SuppressWarnings("unchecked")
    public String expect(Exchange exchange) {
        PartitionLane lane = Variables.partitionLane(exchange);
        lane.expect(exchange.getMessage().getBody(Map.class));
        return lane.rowsStatement();
    }

    /** Asks which ids stand for several rows: the statement becomes the message. */
    public String repeatedIds(Exchange exchange) {
        return Variables.partitionLane(exchange).repeatedIdsStatement();
    }

    /** Keeps these ids; the statement for the rows becomes the message. */
    @SuppressWarnings("unchecked")
    public String apart(Exchange exchange) {
        PartitionLane lane = Variables.partitionLane(exchange);
        lane.repeatedIds(exchange.getMessage().getBody(List.class));
        return lane.rowsStatement();
    }

    /** Takes the rows, which come as they are asked for; whatever headers the statement left are gone. */
    public void rows(Exchange exchange) {
        Variables.partitionLane(exchange).rows(exchange.getMessage().getBody(Iterator.class));
        exchange.getMessage().removeHeaders("*", Exchange.REDELIVERY_COUNTER);
        exchange.getMessage().setBody(null);
    }

    /** Takes the next rows for a batch. */
    public void takeRows(Exchange exchange) {
        Variables.partitionLane(exchange).takeRows();
    }

    /** Closes a partition that is equal. */
    public void close(Exchange exchange) {
        Variables.partitionLane(exchange).close();
    }

    /** Lets a partition that differs be read once more, then sets it aside. */
    public void readAgainOrSetAside(Exchange exchange) {
        Variables.partitionLane(exchange).readAgainOrSetAside();
    }
}
