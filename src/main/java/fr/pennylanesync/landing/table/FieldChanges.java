package fr.pennylanesync.landing.table;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says how a record differs from its version before.
 *
 * @param moved the fields that differ, each with the difference where it is a number in both
 */
public record FieldChanges(Map<String, Optional<BigDecimal>> moved) {

    /** Changes with everything: alone it tells of something that no other field shows. */
    public static final String UPDATED_AT = "updated_at";
    public static final FieldChanges NONE = new FieldChanges(Map.of());

    public FieldChanges {
        moved = Map.copyOf(moved);
    }

    /**
     * Tells whether what changed can have nothing to do with a sub-list. Where nothing changed nobody knows.
     *
     * @param concerning the fields that change with the sub-list
     * @param settlement of these a sum, what remains of it, and what moves with the latter
     */
    public boolean spares(List<String> concerning, List<String> settlement) {
        Set<String> changed = new HashSet<>(moved.keySet());
        if (changed.size() > 1) {
            changed.remove(UPDATED_AT);
        }
        boolean known = !changed.isEmpty();
        if (isNothingSettled(settlement)) {
            settlement.forEach(changed::remove);
        }
        return known && concerning.stream().noneMatch(changed::contains);
    }

    /** Tells whether the record says that it changed, and shows nothing of it. */
    public boolean isOfTimeAlone() {
        return moved.keySet().equals(Set.of(UPDATED_AT));
    }

    private boolean isNothingSettled(List<String> settlement) {
        return !settlement.isEmpty() && difference(settlement.get(0)).flatMap(sum -> difference(settlement.get(1))
                .filter(rest -> rest.compareTo(sum) == 0)).isPresent();
    }

    private Optional<BigDecimal> difference(String field) {
        return moved.getOrDefault(field, Optional.empty());
    }
}
