package fr.pennylanesync.camel;

import fr.pennylanesync.share.OpenShare;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
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
 * {@code jdbc:shareSource} and our own statements see the same snapshot; when the steps have ended, however they did,
 * its connection is closed.
 */
final class SnapshotPolicy implements TransactedPolicy {

    private final Supplier<OpenShare> snapshots;
    private final DataSource key = new Outside();

    SnapshotPolicy(Supplier<OpenShare> snapshots) {
        this.snapshots = snapshots;
    }

    /** Returns the data source of {@code jdbc:shareSource}: it has the connection of the thread's open snapshot. */
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
                    TransactionPolicy.run(steps, exchange);
                } finally {
                    TransactionSynchronizationManager.unbindResource(key);
                    exchange.removeVariable(Variables.SNAPSHOT);
                }
            }
        };
    }

    /** Stands for the share where no snapshot is open. */
    private static final class Outside extends AbstractDataSource {

        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("the share is read by read-partition only");
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }
}
