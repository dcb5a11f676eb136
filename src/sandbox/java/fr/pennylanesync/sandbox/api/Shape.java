package fr.pennylanesync.sandbox.api;

import fr.pennylanesync.sandbox.books.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What a list offers: its largest {@code limit}, the fields it sorts and filters on. Lists are in descending order of
 * id unless told otherwise.
 *
 * @param filters by name
 */
public record Shape<R extends Row>(int maxLimit, List<Sort<R>> sorts, Map<String, FilterField<R>> filters) {

    public static final int USUAL_LIMIT = 100;
    public static final int LARGE_LIMIT = 1000;

    /** A list without {@code sort} and {@code filter}. */
    public static <R extends Row> Shape<R> plain() {
        return new Shape<>(USUAL_LIMIT, List.of(), Map.of());
    }

    /** A list that sorts on id. */
    public static <R extends Row> Shape<R> sortable() {
        return new Shape<>(USUAL_LIMIT, List.of(Sort.byId()), Map.of());
    }

    public Shape<R> upTo(int limit) {
        return new Shape<>(limit, sorts, filters);
    }

    public Shape<R> sort(String name, ToLongFunction<? super R> key) {
        List<Sort<R>> more = new ArrayList<>(sorts);
        more.add(new Sort<>(name, key));
        return new Shape<>(maxLimit, List.copyOf(more), filters);
    }

    public Shape<R> filter(String name, ValueType type, Set<FilterOperator> operators, Function<? super R, ?> value) {
        Map<String, FilterField<R>> more = new LinkedHashMap<>(filters);
        more.put(name, new FilterField<>(name, type, operators, value));
        return new Shape<>(maxLimit, sorts, more);
    }

    /** The usual filter on id. */
    public Shape<R> filterId() {
        return filter("id", ValueType.INTEGER, FilterOperator.COMPARISONS_AND_LISTS, Row::id);
    }
}
