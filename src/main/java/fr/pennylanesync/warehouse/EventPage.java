package fr.pennylanesync.warehouse;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;

/**
 * A page of a changelog feed.
 *
 * @param stream whose records the events name
 * @param from the feed's checkpoint
 */
public record EventPage(StreamDefinition stream, Checkpoint from, List<ChangeEvent> events) {

    public EventPage {
        events = List.copyOf(events);
    }
}
