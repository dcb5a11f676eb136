package fr.pennylanesync.pass;

import fr.pennylanesync.api.ApiFailure;
import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Batch;

/**
 * One pass over one stream of one company while it runs: hands out requests, takes pages, hands out batches. It goes on only when a
 * batch is landed; until then the same request can be made again.
 */
public interface OpenPass {

    StreamDefinition stream();

    /** Where the pass stands in the warehouse. */
    Checkpoint checkpoint();

    boolean isUnfinished();

    PageRequest request();

    /**
     * Takes the answer to {@link #request}.
     *
     * @throws ApiFailure if the page cannot be trusted: it is then to be read again
     */
    void offer(Page page);

    /**
     * Takes a refusal of {@link #request}.
     *
     * @return whether the pass goes on without it: an optional parameter that is no longer known, a parent that is gone
     */
    boolean endures(ApiFailure failure);

    /** Whether enough is read to be landed. */
    boolean isBatchReady();

    Batch batch();

    /** Where the checkpoint goes with the batch. */
    Position next();

    /** The batch is in the warehouse. */
    void landed();

    /** API requests made so far. */
    int requests();
}
