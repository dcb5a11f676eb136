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
 * @param gone records that the source no longer has
 * @param answered the due entries that this read answers, each with the batch that made it due. For a child stream these are parents
 *     whose sub-lists are here in full: rows of theirs that are not here are deleted
 * @param touched whether the source said of each record that something about it changed: what hangs on it is then read again even where
 *     the record itself is the same
 * @param included the children that came along with the page
 * @param requestsUsed API requests spent on reading it
 * @param source where its records come from
 */
public record Batch(StreamDefinition stream, Checkpoint from, List<StreamRecord> records, List<Long> gone, Map<Long, Long> answered,
        boolean touched, List<Included> included, int requestsUsed, Source source) {

    public Batch {
        records = List.copyOf(records);
        gone = List.copyOf(gone);
        answered = Map.copyOf(answered);
        included = List.copyOf(included);
        if (!stream.name().equals(from.stream())) {
            throw new IllegalArgumentException("batch and checkpoint name different streams");
        }
    }

    /** A page of a list. */
    public static Batch page(StreamDefinition stream, Checkpoint from, List<StreamRecord> records, List<Long> gone, List<Included> included,
            int requestsUsed) {
        return new Batch(stream, from, records, gone, Map.of(), false, included, requestsUsed, Source.API);
    }

    /** Whole sub-lists of some parents. */
    public static Batch subLists(StreamDefinition stream, Checkpoint from, List<StreamRecord> records, Map<Long, Long> parents,
            int requestsUsed) {
        return new Batch(stream, from, records, List.of(), parents, false, List.of(), requestsUsed, Source.API);
    }

    /** Records that were due. */
    public static Batch refresh(StreamDefinition stream, Checkpoint from, List<StreamRecord> records, List<Long> gone,
            Map<Long, Long> answered, int requestsUsed) {
        return new Batch(stream, from, records, gone, answered, true, List.of(), requestsUsed, Source.API);
    }

    /** Rows of the data sharing. */
    public static Batch shared(StreamDefinition stream, Checkpoint from, List<StreamRecord> records, List<Long> gone) {
        return new Batch(stream, from, records, gone, Map.of(), false, List.of(), 0, Source.SHARE);
    }

    /** The same batch without some of its records. */
    Batch withRecords(List<StreamRecord> kept) {
        return new Batch(stream, from, kept, gone, answered, touched, included, requestsUsed, source);
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
