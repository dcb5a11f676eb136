package fr.pennylanesync.warehouse;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Map;

/**
 * What one read returned: the unit of landing.
 *
 * @param from the checkpoint that the read began at; names the batch
 * @param records in the order received
 * @param wholeParents parents whose sub-lists are here in full, each with the batch that made it due: rows of theirs that are not here
 *     are deleted
 * @param included the children that came along with the page, by child stream
 * @param requestsUsed API requests spent on reading it
 */
public record Batch(StreamDefinition stream, Checkpoint from, List<StreamRecord> records, Map<Long, Long> wholeParents,
        List<Included> included, int requestsUsed) {

    public Batch {
        records = List.copyOf(records);
        wholeParents = Map.copyOf(wholeParents);
        included = List.copyOf(included);
        if (!stream.name().equals(from.stream())) {
            throw new IllegalArgumentException("batch and checkpoint name different streams");
        }
    }

    /**
     * Child records that the API sent inside a page of their parents.
     *
     * @param wholeParents the parents whose children are all here; the others stay due
     */
    public record Included(StreamDefinition stream, List<StreamRecord> records, List<Long> wholeParents) {
        public Included {
            records = List.copyOf(records);
            wholeParents = List.copyOf(wholeParents);
        }
    }

    /** The name under which the idempotent repository knows the batch. */
    public BatchKey key() {
        return BatchKey.of(from);
    }
}
