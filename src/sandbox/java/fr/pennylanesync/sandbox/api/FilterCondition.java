package fr.pennylanesync.sandbox.api;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** One condition of a filter. */
public record FilterCondition<R>(FilterField<R> field, FilterOperator operator, List<Comparable<?>> values,
        Set<Comparable<?>> valueSet) {

    static <R> FilterCondition<R> of(FilterField<R> field, FilterOperator operator, List<Comparable<?>> values) {
        return new FilterCondition<>(field, operator, List.copyOf(values), Set.copyOf(values));
    }

    public boolean test(R row) {
        Object value = field.value().apply(row);
        if (value == null) {
            return false;
        }
        if (value instanceof Collection<?> several) {
            return several.stream().anyMatch(this::matches);
        }
        return matches(value);
    }

    private boolean matches(Object value) {
        return switch (operator) {
            case EQ -> value.equals(values.get(0));
            case NOT_EQ -> !value.equals(values.get(0));
            case LT -> compare(value) < 0;
            case LTEQ -> compare(value) <= 0;
            case GT -> compare(value) > 0;
            case GTEQ -> compare(value) >= 0;
            case IN -> valueSet.contains(value);
            case NOT_IN -> !valueSet.contains(value);
            case START_WITH -> value.toString().startsWith(values.get(0).toString());
        };
    }

    /** Both sides come from the same field type, so they compare. */
    @SuppressWarnings("unchecked")
    private int compare(Object value) {
        return ((Comparable<Object>) value).compareTo(values.get(0));
    }
}
