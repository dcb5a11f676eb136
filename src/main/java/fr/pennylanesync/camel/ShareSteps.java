package fr.pennylanesync.camel;

import fr.pennylanesync.pass.PartitionLane;
import fr.pennylanesync.share.OpenShare;
import fr.pennylanesync.share.PartitionRead;
import java.sql.Connection;
import java.util.Iterator;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** What the route {@code read-share} calls around its JDBC step, and the connection that this step is given: the partition's snapshot. */
public final class ShareSteps extends AbstractDataSource {

    private final ThreadLocal<OpenShare> snapshot = new ThreadLocal<>();

    /** Opens a partition where none is open; the statement for its rows becomes the message. */
    public void begin(Exchange exchange) {
        PartitionLane lane = Variables.partitions(exchange);
        lane.begin();
        Optional<PartitionRead> wanted = lane.wanted();
        Message message = exchange.getMessage();
        message.removeHeaders("*", Exchange.REDELIVERY_COUNTER);
        message.setBody(wanted.map(PartitionRead::statement).orElse(null));
        wanted.ifPresent(read -> snapshot.set(read.share()));
    }

    /** The rows come as they are asked for. */
    public void rows(Exchange exchange) {
        snapshot.remove();
        Variables.partitions(exchange).rows(exchange.getMessage().getBody(Iterator.class));
    }

    /** Takes what one batch holds. */
    public void take(Exchange exchange) {
        exchange.getMessage().removeHeaders("*", Exchange.REDELIVERY_COUNTER);
        exchange.getMessage().setBody(null);
        Variables.partitions(exchange).take();
    }

    /** Camel closes it when the exchange ends; the lane has closed it long before, at the end of the partition. */
    @Override
    public Connection getConnection() {
        OpenShare open = snapshot.get();
        if (open == null) {
            throw new IllegalStateException("the share is read by read-share only");
        }
        return open.connection();
    }

    @Override
    public Connection getConnection(String username, String password) {
        return getConnection();
    }
}
