package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Row;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A list under a record.
 *
 * @param name its last path segment; its stream is the parent's name, an underscore and this
 */
public record Child<P extends Row, C extends Row>(String name, BiFunction<P, Books, List<C>> rows,
        BiFunction<C, View, ObjectNode> json, Shape<C> shape) {

    ObjectNode answer(ApiCall call, P parent) {
        return ListHandler.answer(call, shape, rows.apply(parent, call.books()), json);
    }

    /** The whole list. */
    public List<ObjectNode> all(P parent, View view) {
        return rows.apply(parent, view.books()).stream().map(row -> json.apply(row, view)).toList();
    }
}
