package fr.pennylanesync.stream;

import java.util.List;
import java.util.Map;

/**
 * Says what tells of a sub-list without a request for it. A stream without evidence is asked for parent by parent.
 *
 * @param filteredBy streams of which one record at least stands in each sub-list that is not empty, each with the field
 * by which the parent's list filters by them: no parent that the filter leaves out has a sub-list
 * @param concernedBy fields of the parent that change with the sub-list; {@code updated_at} stands for a change of
 * which no other field tells. None: any change may concern it
 * @param settlement fields of the parent: a sum, what remains of it to pay, and others that move with the latter. Where
 * the sum and the remainder moved by the same, nothing was settled, and none of them concerns the sub-list
 * @param mirrors child streams that hold the same relation from its other side, each with the {@code type} that their
 * parents have here
 */
public record Evidence(Map<String, String> filteredBy, List<String> concernedBy, List<String> settlement,
        Map<String, String> mirrors) {

    public static final Evidence NONE = new Evidence(Map.of(), List.of(), List.of(), Map.of());

    public Evidence {
        filteredBy = Map.copyOf(filteredBy);
        concernedBy = List.copyOf(concernedBy);
        settlement = List.copyOf(settlement);
        if (settlement.size() == 1) {
            throw new IllegalArgumentException("a settlement is a sum and what remains of it");
        }
        mirrors = Map.copyOf(mirrors);
    }
}
