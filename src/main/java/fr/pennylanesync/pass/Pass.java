package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;

/** One pass over one stream of one company while it runs. */
public interface Pass {

    StreamDefinition stream();

    /** Returns where the pass stands in the warehouse. */
    Checkpoint checkpoint();

    default boolean isUnfinished() {
        return !checkpoint().isEnded();
    }

    /** Tells whether another pass could go on from the checkpoint as it is without reading anything again. */
    default boolean isResumable() {
        return true;
    }

    /**
     * The parts of the pass that are read side by side, each in batches of its own. Asked for again when all of them
     * have ended and the pass is still unfinished.
     */
    List<Lane> lanes();
}
