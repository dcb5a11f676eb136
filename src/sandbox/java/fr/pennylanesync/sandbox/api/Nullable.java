package fr.pennylanesync.sandbox.api;

import fr.pennylanesync.sandbox.books.Row;
import fr.pennylanesync.sandbox.books.Table;
import java.util.List;
import java.util.Optional;

/** Between facts, where 0 stands for no record, and filters, where null does. */
final class Nullable {

    private Nullable() {}

    static Long id(long id) {
        return id == 0 ? null : id;
    }

    /** The rows that still exist among the given ids. */
    static <R extends Row> List<R> found(Table<R> table, List<Long> ids) {
        return ids.stream().map(table::find).flatMap(Optional::stream).toList();
    }
}
