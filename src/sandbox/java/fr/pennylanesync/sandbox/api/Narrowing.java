package fr.pennylanesync.sandbox.api;

import fr.pennylanesync.sandbox.books.Row;
import fr.pennylanesync.sandbox.books.Table;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the conditions on id say about where to look: between two ids, or at some ids only (null: not said). */
record Narrowing(long lowest, long highest, SortedSet<Long> ids) {

    static <R extends Row> Narrowing of(List<FilterCondition<R>> conditions) {
        Narrowing narrowing = new Narrowing(Long.MIN_VALUE, Long.MAX_VALUE, null);
        for (FilterCondition<R> condition : conditions) {
            if (condition.field().name().equals(Sort.ID)) {
                narrowing = narrowing.and(condition);
            }
        }
        return narrowing;
    }

    <R extends Row> List<R> rows(Table<R> table) {
        return ids == null ? table.between(lowest, highest)
                : ids.stream().map(table::find).flatMap(Optional::stream)
                        .toList();
    }

    private Narrowing and(FilterCondition<?> condition) {
        long value = condition.values().isEmpty() ? 0 : (Long) condition.values().get(0);
        return switch (condition.operator()) {
            case GT, GTEQ -> new Narrowing(Math.max(lowest, value), highest, ids);
            case LT, LTEQ -> new Narrowing(lowest, Math.min(highest, value), ids);
            case EQ, IN -> only(condition);
            case NOT_EQ, NOT_IN, START_WITH -> this;
        };
    }

    private Narrowing only(FilterCondition<?> condition) {
        SortedSet<Long> wanted = new TreeSet<>();
        condition.values().forEach(value -> wanted.add((Long) value));
        return new Narrowing(lowest, highest, wanted);
    }
}
