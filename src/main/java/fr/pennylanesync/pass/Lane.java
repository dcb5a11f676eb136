package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.BatchKey;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.RefusedRecord;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Optional;

/**
 * A part of a pass that is read batch by batch, from wherever. It goes on only when a batch is landed; until then the
 * same batch can be read again.
 */
public interface Lane {

    StreamDefinition stream();

    /** Returns where the batch that is read begins. */
    Checkpoint checkpoint();

    boolean isUnfinished();

    /** Tells whether a lane of another pass could go on from what is landed without reading anything again. */
    default boolean isResumable() {
        return true;
    }

    /** Tells whether enough is read to be landed. */
    boolean isBatchReady();

    /** Tells whether its batches come from the data sharing: the routes read them elsewhere then. */
    default boolean isShared() {
        return false;
    }

    /** Tells whether its batches are made of what is here: nothing is read for them. */
    default boolean isDerived() {
        return false;
    }

    /** Names the batch that is read. */
    default BatchKey batchKey() {
        return BatchKey.of(checkpoint());
    }

    /** Returns what was read, ready to be landed. */
    Batch batch();

    /** Takes the records of its batch that the database refuses, where the lane itself counts what is set aside. */
    default void withhold(List<RefusedRecord> refused) {
        // The batch is landed without them.
    }

    /**
     * Tells whether the lane can find out which item a failure that repeats is the fault of, and go on without that
     * item.
     */
    default boolean isolates(SyncException failure) {
        return false;
    }

    /** Takes a failure that repeats and that it {@link #isolates}: its next requests find the item. */
    default void isolate(SyncException failure) {
        throw new IllegalStateException("nothing can be isolated here");
    }

    /**
     * The landing's transaction is committed: the lane goes on.
     *
     * @param batch what was landed; empty where an earlier attempt had landed it
     */
    void landed(Optional<LandedBatch> batch);

    /** API requests made for the batch that is read. */
    int batchRequests();
}
