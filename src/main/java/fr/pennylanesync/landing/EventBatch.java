package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.record.ChangeEvent;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;

/**
 * A page of a changelog: it brings no rows, it makes the records due that its events name.
 *
 * @param from the feed's own checkpoint
 */
public record EventBatch(StreamDefinition stream, Checkpoint from, List<ChangeEvent> events, Advance advance)
        implements Batch {

    public EventBatch {
        events = List.copyOf(events);
    }
}
