package fr.pennylanesync.camel;

import org.apache.camel.jta.JtaTransactionPolicy;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets {@code transacted} in a route run its steps in one transaction of the warehouse, without a Spring container. */
final class TransactionPolicy extends JtaTransactionPolicy {

    private final TransactionTemplate transactions;

    TransactionPolicy(TransactionTemplate transactions) {
        this.transactions = transactions;
    }

    @Override
    public void run(Runnable steps) throws Throwable {
        Throwable[] thrown = new Throwable[1];
        try {
            transactions.executeWithoutResult(status -> {
                try {
                    steps.run();
                } catch (Throwable failure) {
                    thrown[0] = failure;
                    status.setRollbackOnly();
                }
            });
        } finally {
            if (thrown[0] != null) {
                throw thrown[0];
            }
        }
    }
}
