package fr.pennylanesync.camel;

import fr.pennylanesync.share.OpenShare;
import fr.pennylanesync.share.ShareFailures;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.TransactedPolicy;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets {@code transacted} in a route run its steps within one read-only snapshot of the data sharing, on one thread.
 * {@code jdbc:share} and our own statements see the same snapshot; when the steps have ended, however they did, its
 * connection is closed.
 */
final class SnapshotPolicy implements TransactedPolicy {

    private final Supplier<OpenShare> snapshots;
    private final DataSource key = new Outside();

    SnapshotPolicy(Supplier<OpenShare> snapshots) {
        this.snapshots = snapshots;
    }

    /** The data source of {@code jdbc:share}: it gives the connection of the snapshot that is open on the thread. */
    DataSource dataSource() {
        return new TransactionAwareDataSourceProxy(key);
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // The steps stay as the route says.
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> {
            try (OpenShare snapshot = snapshots.get()) {
                TransactionSynchronizationManager.bindResource(key, new ConnectionHolder(snapshot.connection()));
                try {
                    exchange.setVariable(Variables.SNAPSHOT, snapshot);
                    steps.process(exchange);
                } finally {
                    TransactionSynchronizationManager.unbindResource(key);
                    exchange.removeVariable(Variables.SNAPSHOT);
                }
            } catch (SQLException refused) {
                exchange.setException(refused);
            }
            named(exchange);
        };
    }

    /** The driver's own failure says nothing of what can be done about it. */
    private static void named(Exchange exchange) {
        SQLException refused = exchange.getException(SQLException.class);
        if (exchange.getException() == refused && refused != null) {
            exchange.setException(ShareFailures.of(refused, "reading rows of the share"));
        }
    }

    /** Stands for the share where no snapshot is open. */
    private static final class Outside extends AbstractDataSource {

        @Override
        public java.sql.Connection getConnection() throws SQLException {
            throw new SQLException("the share is read by read-partition only");
        }

        @Override
        public java.sql.Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }
}
