package fr.pennylanesync.sandbox.api;

import fr.pennylanesync.sandbox.books.Row;
import java.util.List;

/**
 * What a client asked of a list.
 *
 * @param after null for the first page
 * @param cursor as sent, null for the first page
 */
public record ListRequest<R extends Row>(int limit, String cursor, ListPosition after, Sort<R> sort, boolean descending,
        List<FilterCondition<R>> conditions) {

    public static <R extends Row> ListRequest<R> parse(Parameters parameters, Shape<R> shape) {
        int limit = parameters.limit(shape.maxLimit());
        String cursor = parameters.text("cursor").orElse(null);
        ListPosition after = cursor == null ? null : ListPosition.read(cursor);
        List<FilterCondition<R>> conditions = parameters.text("filter").map(text -> FilterParser.parse(text, shape))
                .orElse(List.of());
        String sort = parameters.text("sort").orElse(null);
        if (sort == null) {
            return new ListRequest<>(limit, cursor, after, Sort.byId(), true, conditions);
        }
        boolean descending = sort.startsWith("-");
        String name = descending ? sort.substring(1) : sort;
        Sort<R> field = shape.sorts().stream().filter(offered -> offered.name().equals(name)).findFirst()
                .orElseThrow(() -> Problem.badRequest("Sorting on '" + name + "' is not allowed"));
        return new ListRequest<>(limit, cursor, after, field, descending, conditions);
    }

    public boolean matches(R row) {
        for (FilterCondition<R> condition : conditions) {
            if (!condition.test(row)) {
                return false;
            }
        }
        return true;
    }
}
