package fr.pennylanesync.camel;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.TransactedPolicy;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets {@code transacted} in a route run its steps in one transaction of the warehouse, on one thread, without a Spring container. A
 * failure rolls back and stays on the exchange, for the caller's policy to decide.
 */
final class TransactionPolicy implements TransactedPolicy {

    private final TransactionTemplate transactions;

    TransactionPolicy(TransactionTemplate transactions) {
        this.transactions = transactions;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // Nothing to prepare: the steps stay as the route says.
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> transactions.executeWithoutResult(status -> {
            run(steps, exchange);
            if (exchange.getException() != null) {
                status.setRollbackOnly();
            }
        });
    }

    private static void run(Processor steps, Exchange exchange) {
        try {
            steps.process(exchange);
        } catch (Exception failure) {
            exchange.setException(failure);
        }
    }
}
