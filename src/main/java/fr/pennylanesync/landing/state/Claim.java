package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.record.StreamRecord;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what a proof knows of some sub-lists.
 *
 * @param proven the parents whose sub-lists are not asked for, each with the batch that made it due
 * @param watched the parents whose sub-lists are asked for all the same, each with what is expected of it
 */
public record Claim(Proof proof, Map<Long, Long> proven, Map<Long, String> watched) {

    public Claim {
        proven = Map.copyOf(proven);
        watched = Map.copyOf(watched);
    }

    /** Returns what a sub-list is told by that has these records: nothing where it is empty. */
    public static String expected(Collection<StreamRecord> records) {
        return records.stream().sorted(Comparator.comparingLong(StreamRecord::id))
                .map(record -> record.id() + "=" + record.hash()).collect(Collectors.joining(" "));
    }

    /** Returns the parents that the proof speaks of. */
    public Set<Long> proves() {
        return proven.keySet();
    }
}
