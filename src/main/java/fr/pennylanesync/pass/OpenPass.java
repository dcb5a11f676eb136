package fr.pennylanesync.pass;

import fr.pennylanesync.api.ApiFailure;
import fr.pennylanesync.api.Deadline;
import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageReader;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.api.Priority;
import fr.pennylanesync.api.ReadLimits;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.BatchKey;
import fr.pennylanesync.warehouse.LandedBatch;
import fr.pennylanesync.warehouse.Landing;
import java.io.InputStream;

/**
 * One pass over one stream of one company while it runs: hands out requests, takes pages, lands batches. It goes on only when a batch is
 * landed; until then the same request can be made again.
 */
public interface OpenPass {

    StreamDefinition stream();

    /** Where the pass stands in the warehouse. */
    Checkpoint checkpoint();

    Priority priority();

    boolean isUnfinished();

    /** Drops what was read of the batch that could not be landed: it is read again from the source. */
    void restartBatch();

    PageRequest request();

    /** Reads the answer to {@link #request}; an answer of get-one is a page of one record. */
    default Page read(InputStream body, ReadLimits limits, Deadline deadline) {
        return PageReader.read(body, request().path(), limits, deadline);
    }

    /**
     * Takes the answer to {@link #request}.
     *
     * @throws ApiFailure if the page cannot be trusted: it is then to be read again
     */
    void offer(Page page);

    /**
     * Takes a refusal of {@link #request}.
     *
     * @return whether the pass goes on without it: an optional parameter that is no longer known, a record that is gone
     */
    boolean endures(ApiFailure failure);

    /** Whether enough is read to be landed. */
    boolean isBatchReady();

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

    /** The transaction of {@link #land} is committed, now or by an earlier attempt: the pass goes on. */
    void landed();

    /** API requests made for the batch that is read. */
    int batchRequests();
}
