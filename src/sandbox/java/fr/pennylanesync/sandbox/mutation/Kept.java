package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Feed;
import fr.pennylanesync.sandbox.books.Row;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.Table;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A stream whose records change.
 *
 * @param feed the feed that tells of its changes; null for none
 * @param categories how the allocations of its records are announced; null when they are not
 */
record Kept<R extends Row>(String name, Function<Books, Table<R>> table, Feed feed, Function<R, Stamps> stamps,
        CategoryFeed<R> categories) {

    /**
     * A feed of allocations to categories.
     *
     * @param lineId the line that the record is, 0 when it is none
     */
    record CategoryFeed<R>(Feed feed, Function<R, List<Allocation>> allocations, ToLongFunction<R> lineId,
            ToLongFunction<R> entryId) {}

    static <R extends Row> Kept<R> silent(String name, Function<Books, Table<R>> table, Function<R, Stamps> stamps) {
        return new Kept<>(name, table, null, stamps, null);
    }

    static <R extends Row> Kept<R> announced(Feed feed, Function<Books, Table<R>> table, Function<R, Stamps> stamps) {
        return new Kept<>(feed.path(), table, feed, stamps, null);
    }

    Kept<R> with(CategoryFeed<R> categoryFeed) {
        return new Kept<>(name, table, feed, stamps, categoryFeed);
    }
}
