package fr.pennylanesync.camel;

import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * An idempotent repository over what the warehouse knows: a key is present exactly when the warehouse says that its work is done. The
 * work's own transaction writes that, so there is nothing to add, to confirm or to take back.
 */
abstract class WarehouseFacts extends ServiceSupport implements IdempotentRepository {

    @Override
    public final boolean add(String key) {
        return !contains(key);
    }

    @Override
    public final boolean confirm(String key) {
        return true;
    }

    @Override
    public final boolean remove(String key) {
        return true;
    }

    @Override
    public final void clear() {
        throw new UnsupportedOperationException("what the warehouse knows is never cleared");
    }
}
