package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Row;
import fr.pennylanesync.sandbox.books.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A stream of the API as data: where it is, who may read it, what it offers, how its records look.
 *
 * @param model the name that a 404 gives to its records, empty where the text is only "Not Found"
 * @param one how get-one shows a record; null where there is no get-one
 */
public record Resource<R extends Row>(String name, String path, SandboxScopes scopes, Function<Books, Table<R>> table,
        Shape<R> shape, BiFunction<R, View, ObjectNode> json, BiFunction<R, View, ObjectNode> one, String model,
        List<Child<R, ?>> children) {

    /** A resource at the path of its name, without get-one. */
    static <R extends Row> Resource<R> of(String name, SandboxScopes scopes, Function<Books, Table<R>> table,
            BiFunction<R, View, ObjectNode> json, Shape<R> shape) {
        return new Resource<>(name, "/" + name, scopes, table, shape, json, null, "", List.of());
    }

    Resource<R> at(String otherPath) {
        return new Resource<>(name, otherPath, scopes, table, shape, json, one, model, children);
    }

    /** With a get-one that shows the same as the list. */
    Resource<R> withOne() {
        return withOne(json);
    }

    Resource<R> withOne(BiFunction<R, View, ObjectNode> oneJson) {
        return new Resource<>(name, path, scopes, table, shape, json, oneJson, model, children);
    }

    Resource<R> model(String newModel) {
        return new Resource<>(name, path, scopes, table, shape, json, one, newModel, children);
    }

    <C extends Row> Resource<R> child(String childName, BiFunction<R, Books, List<C>> rows,
            BiFunction<C, View, ObjectNode> childJson, Shape<C> childShape) {
        List<Child<R, ?>> more = new ArrayList<>(children);
        more.add(new Child<>(childName, rows, childJson, childShape));
        return new Resource<>(name, path, scopes, table, shape, json, one, model, List.copyOf(more));
    }

    R find(ApiCall call) {
        return table.apply(call.books()).find(call.id()).orElseThrow(() -> missing(call.id()));
    }

    Problem missing(long id) {
        return model.isEmpty() ? Problem.notFound() : Problem.noSuchRecord(model, id);
    }

    public boolean holds(Books books, long id) {
        return table.apply(books).find(id).isPresent();
    }

    List<ApiEndpoint> endpoints() {
        List<ApiEndpoint> endpoints = new ArrayList<>();
        endpoints.add(ApiEndpoint.get(path, scopes, this, call -> ListHandler.answer(call, this)));
        if (one != null) {
            endpoints.add(ApiEndpoint.get(path + "/{id}", scopes, this, call -> one.apply(find(call), call.view())));
        }
        for (Child<R, ?> child : children) {
            endpoints.add(ApiEndpoint.get(path + "/{id}/" + child.name(), scopes, this,
                    call -> child.answer(call, find(call))));
        }
        return endpoints;
    }
}
