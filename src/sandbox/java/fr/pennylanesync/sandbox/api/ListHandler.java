package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.Row;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Serves a list: parse, find the page, render it, let faults at it. */
final class ListHandler {

    private ListHandler() {}

    static <R extends Row> ObjectNode answer(ApiCall call, Shape<R> shape, List<R> rows,
            BiFunction<R, View, ObjectNode> json) {
        ListRequest<R> request = ListRequest.parse(call.parameters(), shape);
        return answer(call, shape, request, Pager.page(rows, request), json, () -> rows);
    }

    static <R extends Row> ObjectNode answer(ApiCall call, Resource<R> resource) {
        ListRequest<R> request = ListRequest.parse(call.parameters(), resource.shape());
        var table = resource.table().apply(call.books());
        return answer(call, resource.shape(), request, Pager.page(table, request), resource.json(), table::rows);
    }

    static <R extends Row> ObjectNode answer(ApiCall call, Shape<R> shape, ListRequest<R> request, SandboxPage<R> page,
            BiFunction<R, View, ObjectNode> json, AllRows<R> all) {
        List<ObjectNode> items = page.rows().stream().map(row -> json.apply(row, call.view())).toList();
        String end = items.isEmpty() ? null : page.end(secondaryKey(shape)::apply).cursor();
        ListPage served = new ListPage(items, page.hasMore(), page.hasMore() ? end : null, request.cursor(), end,
                () -> outsider(request, all, json, call.view()));
        return call.faults().apply(call, served).envelope();
    }

    /** The whole list, looked at only when a fault needs a row from elsewhere. */
    @FunctionalInterface
    interface AllRows<R> {
        List<R> rows();
    }

    private static <R extends Row> Optional<ObjectNode> outsider(ListRequest<R> request, AllRows<R> all,
            BiFunction<R, View, ObjectNode> json, View view) {
        return all.rows().stream().filter(row -> !request.matches(row)).findFirst().map(row -> json.apply(row, view));
    }

    private static <R extends Row> Function<R, Long> secondaryKey(Shape<R> shape) {
        return shape.sorts().stream().filter(sort -> !sort.isById()).findFirst()
                .<Function<R, Long>>map(sort -> row -> sort.key().applyAsLong(row)).orElse(row -> 0L);
    }
}
