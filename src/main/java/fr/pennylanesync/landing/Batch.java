package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.stream.StreamDefinition;

/** Holds what one read returned: the unit of landing. It is a value: nothing is written before it is landed. */
public sealed interface Batch permits RecordBatch, EventBatch, ShareBatch {

    /** The stream whose records these are, or whose records they name. */
    StreamDefinition stream();

    /** The checkpoint that the read began at; it names the batch. */
    Checkpoint from();

    /** Returns where the checkpoint goes with the batch. */
    Advance advance();
}
