package fr.pennylanesync.camel;

import fr.pennylanesync.landing.LandingFailures;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.TransactedPolicy;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets {@code transacted} in a route run its steps in one transaction of the warehouse, on one thread, without a Spring
 * container. A failure rolls back and stays on the exchange, for the caller's policy to decide; so does one of the
 * transaction itself, when it cannot begin or cannot be committed. A step that marks the exchange for rollback rolls
 * back too.
 */
final class TransactionPolicy implements TransactedPolicy {

    private static final Runnable NOTHING = () -> {};

    private final TransactionTemplate transactions;
    private final Supplier<Runnable> summary;

    /** @param summary is asked at the end of a transaction for what is to be told once it is committed */
    TransactionPolicy(TransactionTemplate transactions, Supplier<Runnable> summary) {
        this.transactions = transactions;
        this.summary = summary;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // Nothing to prepare: the steps stay as the route says.
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> {
            try {
                transactions.<Runnable>execute(status -> {
                    run(steps, exchange);
                    if (exchange.getException() != null || exchange.isRollbackOnly()) {
                        status.setRollbackOnly();
                        return NOTHING;
                    }
                    return summary.get();
                }).run();
            } catch (TransactionException broken) {
                exchange.setException(LandingFailures.of(broken));
            } catch (DataAccessException refused) {
                exchange.setException(LandingFailures.of(refused));
            }
        };
    }

    static void run(Processor steps, Exchange exchange) {
        try {
            steps.process(exchange);
        } catch (Exception failure) {
            exchange.setException(failure);
        }
        ForeignFailures.translate(exchange);
    }
}
