package fr.pennylanesync.sandbox.api;

import fr.pennylanesync.sandbox.books.Row;
import java.util.List;
import java.util.function.ToLongFunction;

/** The rows that answer a request, and whether others follow. */
public record SandboxPage<R extends Row>(List<R> rows, boolean hasMore) {

    /**
     * Where the page ends.
     *
     * @param key the secondary sort key of the endpoint, kept in the cursor whatever the order asked
     */
    ListPosition end(ToLongFunction<? super R> key) {
        R last = rows.get(rows.size() - 1);
        return new ListPosition(key.applyAsLong(last), last.id());
    }
}
