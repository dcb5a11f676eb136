package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.Claim;
import fr.pennylanesync.landing.state.SetAside;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records of the API.
 *
 * @param from the checkpoint that the read began at; names the batch
 * @param advance where the checkpoint goes
 * @param records in the order received
 * @param gone ids of records that the source no longer has
 * @param answered the due entries that this read answers, each with the batch that made it due. For a child stream
 * these are parents whose sub-lists are here in full: rows of theirs that are not here are deleted
 * @param touched whether the source said of each record that something about it changed: what hangs on it is then read
 * again even where the record itself is the same
 * @param withheld what the source told of and did not hand out
 * @param included the children that came along with the page
 * @param sweep what becomes of the rows that no page held, where the pass is a sweep
 * @param requestsUsed API requests spent on reading it
 * @param claim by what the sub-lists of the batch are known, where they were not asked for
 */
public record RecordBatch(StreamDefinition stream, Checkpoint from, Advance advance, List<StreamRecord> records,
        List<Long> gone,
        Map<Long, Long> answered, boolean touched, WithheldRecords withheld, List<Included> included,
        Optional<SweepGuard> sweep,
        int requestsUsed, Optional<Claim> claim) implements Batch {

    public RecordBatch {
        records = List.copyOf(records);
        gone = List.copyOf(gone);
        answered = Map.copyOf(answered);
        included = List.copyOf(included);
        if (!stream.name().equals(from.stream())) {
            throw new IllegalArgumentException("batch and checkpoint name different streams");
        }
        if (requestsUsed < 0) {
            throw new IllegalArgumentException("a number of requests is not negative");
        }
    }

    /** Makes the batch of a page of a list. */
    public static RecordBatch page(StreamDefinition stream, Checkpoint from, Advance advance,
            List<StreamRecord> records,
            List<Included> included, int requestsUsed) {
        return new RecordBatch(stream, from, advance, records, List.of(), Map.of(), false, WithheldRecords.NONE,
                included, Optional.empty(),
                requestsUsed, Optional.empty());
    }

    /** Makes the batch of whole sub-lists of some parents. */
    public static RecordBatch subLists(StreamDefinition stream, Checkpoint from, Advance advance,
            List<StreamRecord> records,
            Map<Long, Long> parents, WithheldRecords withheld, int requestsUsed) {
        return new RecordBatch(stream, from, advance, records, List.of(), parents, false, withheld,
                List.of(),
                Optional.empty(), requestsUsed, Optional.empty());
    }

    /** Makes the batch of sub-lists that are known without a request for each. */
    public static RecordBatch proven(StreamDefinition stream, Checkpoint from, Position next,
            List<StreamRecord> records, Claim claim, int requestsUsed) {
        return new RecordBatch(stream, from, new Advance.To(next), records, List.of(), claim.proven(), false,
                WithheldRecords.NONE, List.of(), Optional.empty(), requestsUsed, Optional.of(claim));
    }

    /** Returns where the records come from. */
    Source source() {
        return claim.isPresent() ? Source.DERIVED : Source.API;
    }

    /** Makes the batch of records that were due. */
    public static RecordBatch refresh(StreamDefinition stream, Checkpoint from, Position next,
            List<StreamRecord> records, List<Long> gone,
            Map<Long, Long> answered, WithheldRecords withheld, List<Included> included, int requestsUsed) {
        return new RecordBatch(stream, from, new Advance.To(next), records, gone, answered, true, withheld, included,
                Optional.empty(),
                requestsUsed, Optional.empty());
    }

    /** Returns the batch as one of a sweep: the one that ends it looks for what is gone. */
    public RecordBatch sweeping(Optional<SweepGuard> guard) {
        return new RecordBatch(stream, from, advance, records, gone, answered, touched, withheld, included, guard,
                requestsUsed, claim);
    }

    /** Returns the batch with more items of which no row could be made. */
    public RecordBatch withFaulty(List<SetAside> more) {
        return more.isEmpty() ? this
                : new RecordBatch(stream, from, advance, records, gone, answered, touched,
                        withheld.withFaulty(more), included, sweep, requestsUsed, claim);
    }

    /** Returns the batch without the records that the database refuses; they are set aside with it. */
    public RecordBatch without(List<RefusedRecord> refused) {
        Set<StreamRecord> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        refused.forEach(one -> gone.add(one.record()));
        Set<StreamRecord> here = Collections.newSetFromMap(new IdentityHashMap<>());
        here.addAll(records);
        List<SetAside> own = refused.stream().filter(one -> here.contains(one.record()))
                .map(RefusedRecord::setAside).toList();
        return new RecordBatch(stream, from, advance, left(records, gone), this.gone, answered, touched,
                withheld.withFaulty(own), included.stream().map(list -> list.without(gone)).toList(), sweep,
                requestsUsed, claim);
    }

    /** Returns the batch with other records for its own, one for each. */
    RecordBatch with(List<StreamRecord> others, List<Included> otherLists) {
        return new RecordBatch(stream, from, advance, others, gone, answered, touched, withheld, otherLists, sweep,
                requestsUsed, claim);
    }

    private static List<StreamRecord> left(List<StreamRecord> records, Set<StreamRecord> gone) {
        return records.stream().filter(record -> !gone.contains(record)).toList();
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

        /** Returns the list with other records for its own, one for each. */
        Included with(List<StreamRecord> others) {
            return new Included(stream, others, wholeParents);
        }

        /** A parent one of whose children is refused is not whole: its sub-list is read by itself. */
        private Included without(Set<StreamRecord> gone) {
            Set<Long> broken = records.stream().filter(gone::contains).map(StreamRecord::parentId)
                    .collect(Collectors.toSet());
            return new Included(stream, left(records, gone),
                    wholeParents.stream().filter(parent -> !broken.contains(parent)).toList());
        }
    }
}
