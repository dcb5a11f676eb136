package fr.pennylanesync.landing;

/** The claim of one batch on its place in the ledger, for as long as the transaction of its landing lasts. */
public interface BatchClaim {

    /**
     * Claims the batch for this transaction.
     *
     * @param key names it in the ledger
     * @return whether it was not landed before
     * @throws fr.pennylanesync.failure.SyncException CHECKPOINT_MOVED if another writer moved the checkpoint past it
     */
    boolean claim(BatchKey key);

    /**
     * Moves the checkpoint, by compare-and-set.
     *
     * @throws fr.pennylanesync.failure.SyncException CHECKPOINT_MOVED if it is not where it was when the batch was
     * claimed
     */
    void moveCheckpoint();
}
