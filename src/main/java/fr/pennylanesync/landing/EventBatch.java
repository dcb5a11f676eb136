package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.record.ChangeEvent;
import fr.pennylanesync.landing.state.SetAside;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;

/**
 * A page of a changelog: it brings no rows, it makes the records due that its events name.
 *
 * @param from the feed's own checkpoint
 * @param faulty events that could not be read whole: they are set aside
 */
public record EventBatch(StreamDefinition stream, Checkpoint from, List<ChangeEvent> events, Advance advance,
        List<SetAside> faulty) implements Batch {

    public EventBatch {
        events = List.copyOf(events);
        faulty = List.copyOf(faulty);
    }
}
