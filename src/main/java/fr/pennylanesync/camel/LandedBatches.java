package fr.pennylanesync.camel;

import fr.pennylanesync.warehouse.BatchKey;
import fr.pennylanesync.warehouse.Landing;

/** The ledger of batches as Camel's idempotent repository: the landing writes the key in one transaction with rows and checkpoint. */
public final class LandedBatches extends WarehouseFacts {

    private final Landing landing;

    public LandedBatches(Landing landing) {
        this.landing = landing;
    }

    @Override
    public boolean contains(String key) {
        return landing.contains(BatchKey.parse(key));
    }
}
