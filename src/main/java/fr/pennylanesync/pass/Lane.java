package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.BatchKey;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;

/**
 * A part of a pass that is read batch by batch, from wherever. It goes on only when a batch is landed; until then the same batch can be
 * read again.
 */
public interface Lane {

    StreamDefinition stream();

    /** Where the batch that is read begins. */
    Checkpoint checkpoint();

    boolean isUnfinished();

    /** Whether a lane of another pass could go on from what is landed without reading anything again. */
    default boolean isResumable() {
        return true;
    }

    /** Whether enough is read to be landed. */
    boolean isBatchReady();

    /** Whether its batches come from the data sharing: the routes read them elsewhere then. */
    default boolean isShared() {
        return false;
    }

    /** Names the batch that is read. */
    default BatchKey batchKey() {
        return BatchKey.of(checkpoint());
    }

    /**
     * Lands what was read, in the caller's transaction.
     *
     * @param dependents what a change of this stream's records reaches
     */
    LandedBatch land(Landing landing, Dependents dependents);

    /** The transaction of {@link #land} is committed, now or by an earlier attempt: the lane goes on. */
    void landed();

    /** API requests made for the batch that is read. */
    int batchRequests();
}
