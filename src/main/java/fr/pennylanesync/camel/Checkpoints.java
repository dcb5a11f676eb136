package fr.pennylanesync.camel;

import fr.pennylanesync.landing.BatchClaim;
import fr.pennylanesync.landing.BatchKey;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The checkpoints as Camel's idempotent repository. It takes part in the landing's transaction: to add a key claims the
 * batch, to confirm it moves the checkpoint by compare-and-set, and a key is contained when the ledger lists the batch.
 * To remove a key lets go of the claim; the transaction is rolled back with it.
 */
public final class Checkpoints extends ServiceSupport implements IdempotentRepository {

    private final Predicate<BatchKey> ledger;

    /** @param ledger whether it lists a batch */
    public Checkpoints(Predicate<BatchKey> ledger) {
        this.ledger = ledger;
    }

    @Override
    public boolean contains(String key) {
        return ledger.test(BatchKey.parse(key));
    }

    /** @throws fr.pennylanesync.failure.SyncException CHECKPOINT_MOVED if another writer is past the batch */
    @Override
    public boolean add(Exchange exchange, String key) {
        return Variables.claim(exchange).claim(BatchKey.parse(key));
    }

    /** A failure stays on the exchange, for the transaction to see: Camel would swallow one that is thrown here. */
    @Override
    public boolean confirm(Exchange exchange, String key) {
        try {
            Variables.claim(exchange).moveCheckpoint();
            return true;
        } catch (RuntimeException | Error refused) {
            exchange.setException(refused);
            return false;
        }
    }

    /**
     * Camel removes a key also where a failure counts as handled. Such a batch would be committed without its
     * checkpoint, so its exchange fails here.
     */
    @Override
    public boolean remove(Exchange exchange, String key) {
        if (exchange.getException() == null) {
            exchange.setException(new IllegalStateException("a claim ended, and its checkpoint did not move"));
        }
        return exchange.removeVariable(Variables.LANDING) instanceof BatchClaim;
    }

    @Override
    public boolean add(String key) {
        throw new UnsupportedOperationException("a batch is claimed within its landing");
    }

    @Override
    public boolean confirm(String key) {
        throw new UnsupportedOperationException("a checkpoint moves within its landing");
    }

    @Override
    public boolean remove(String key) {
        throw new UnsupportedOperationException("a claim ends within its landing");
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("checkpoints are never cleared");
    }
}
