package fr.pennylanesync.camel;

import fr.pennylanesync.warehouse.BatchKey;
import fr.pennylanesync.warehouse.Landing;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Camel's idempotent repository over the ledger of batches: a key is present exactly when its batch is landed. The landing itself writes
 * the key, in the same transaction as rows and checkpoint, so there is nothing to confirm and nothing to take back.
 */
public final class LandedBatches extends ServiceSupport implements IdempotentRepository {

    private final Landing landing;

    public LandedBatches(Landing landing) {
        this.landing = landing;
    }

    @Override
    public boolean add(String key) {
        return !contains(key);
    }

    @Override
    public boolean contains(String key) {
        return landing.contains(BatchKey.parse(key));
    }

    /** The landing has written the key; a rollback takes it away with the rows. */
    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    public boolean remove(String key) {
        return true;
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("the ledger of batches is never cleared");
    }
}
