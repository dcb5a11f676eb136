package fr.pennylanesync.landing;

import fr.pennylanesync.landing.state.SetAside;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lists what the source told of and did not hand out.
 *
 * @param forbidden ids of records, or of parents of sub-lists, that may not be read: they are set aside
 * @param notFound ids of parents whose sub-list was not found: those that are here all the same are asked for again
 * @param unlisted records that exist when asked for alone and are in no list, each with the batch that made it due:
 * they stay due for one more reading, then are set aside
 * @param faulty items of which no row could be made: they are set aside, and tried again later and later
 */
public record WithheldRecords(List<Long> forbidden, List<Long> notFound, Map<Long, Long> unlisted,
        List<SetAside> faulty) {

    public static final WithheldRecords NONE = new WithheldRecords(List.of(), List.of(), Map.of(), List.of());

    public WithheldRecords {
        forbidden = List.copyOf(forbidden);
        notFound = List.copyOf(notFound);
        unlisted = Map.copyOf(unlisted);
        faulty = List.copyOf(faulty);
    }

    /** Returns what a reading of records did not bring. */
    public static WithheldRecords ofRecords(List<Long> forbidden, Map<Long, Long> unlisted) {
        return new WithheldRecords(forbidden, List.of(), unlisted, List.of());
    }

    /** Returns what a reading of sub-lists did not bring, by their parents. */
    public static WithheldRecords ofParents(List<Long> forbidden, List<Long> notFound) {
        return new WithheldRecords(forbidden, notFound, Map.of(), List.of());
    }

    /** Returns the same with more items of which no row could be made. */
    public WithheldRecords withFaulty(List<SetAside> more) {
        List<SetAside> all = new ArrayList<>(faulty);
        all.addAll(more);
        return new WithheldRecords(forbidden, notFound, unlisted, all);
    }
}
