package fr.pennylanesync.landing;

import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.landing.table.FieldChanges;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Searches for what an event was for that changed nothing of its record but the time: one of its sub-lists. They are
 * read one after the other, those first of which no field of the record would tell; the one that has changed was the
 * reason, and the others are as they were. A record of which a sub-list was due already is not searched: what that one
 * shows may have another reason.
 */
final class ReasonSearch {

    private static final Comparator<StreamDefinition> CHEAPEST_FIRST =
            Comparator.comparing((StreamDefinition child) -> child.evidence().filteredBy().isEmpty())
                    .thenComparing(StreamDefinition::name);

    private final Set<Long> parents;
    private final Set<Long> found;
    private final Map<String, String> before;

    private ReasonSearch(Set<Long> parents, Set<Long> found, Map<String, String> before) {
        this.parents = parents;
        this.found = found;
        this.before = before;
    }

    /**
     * Begins a search, before any of the sub-lists becomes due.
     *
     * @param children the streams whose sub-lists may be the reason
     * @param changes what each record's only event changed of it
     * @param changedAlong the records of which a sub-list that came along has changed: that was the reason
     */
    static ReasonSearch begin(LandingTables tables, long companyId, Collection<StreamDefinition> children,
            Map<Long, FieldChanges> changes, Set<Long> changedAlong) {
        Set<Long> parents = new HashSet<>(changes.keySet());
        parents.removeIf(parent -> !changes.get(parent).isOfTimeAlone());
        if (parents.isEmpty()) {
            return new ReasonSearch(Set.of(), Set.of(), Map.of());
        }
        children.forEach(child -> parents.removeAll(tables.due().among(companyId, child.name(), parents)));
        Set<Long> found = new HashSet<>(parents);
        found.retainAll(changedAlong);
        parents.removeAll(found);
        return new ReasonSearch(parents, found, inTurn(children.stream().filter(child -> isConcerned(child)
                && tables.proofs().isUsable(companyId, child.name(), Proof.UNCHANGED)).toList()));
    }

    private static boolean isConcerned(StreamDefinition child) {
        return child.evidence().concernedBy().contains(FieldChanges.UPDATED_AT);
    }

    /** Tells whether nothing but such an event tells of a change of the sub-list. */
    static boolean isUntold(StreamDefinition child) {
        return child.evidence().concernedBy().equals(List.of(FieldChanges.UPDATED_AT));
    }

    private static Map<String, String> inTurn(List<StreamDefinition> children) {
        Map<String, String> before = new HashMap<>();
        String last = null;
        for (StreamDefinition child : children.stream().filter(ReasonSearch::isUntold).sorted(CHEAPEST_FIRST)
                .toList()) {
            if (last != null) {
                before.put(child.name(), last);
            }
            last = child.name();
        }
        for (StreamDefinition child : children) {
            if (last != null && !isUntold(child)) {
                before.put(child.name(), last);
            }
        }
        return before;
    }

    /** Tells whether what came along with the parent has shown what its event was for. */
    boolean isOver(long parent) {
        return found.contains(parent);
    }

    /** Names the stream that is read before this one; empty where it is read at once. */
    Optional<String> before(StreamDefinition child) {
        return Optional.ofNullable(before.get(child.name()));
    }

    /** Returns those of the parents whose sub-lists wait for the stream before. */
    Set<Long> waiting(StreamDefinition child, Collection<Long> concerned) {
        Set<Long> waiting = new HashSet<>(before(child).isPresent() ? parents : Set.of());
        waiting.retainAll(concerned);
        return waiting;
    }
}
