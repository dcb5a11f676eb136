package fr.pennylanesync.sandbox.api;

import fr.pennylanesync.sandbox.books.Row;
import java.time.LocalDate;
import java.util.function.ToLongFunction;

/** A field that an endpoint sorts on; ties are broken by id. */
public record Sort<R>(String name, ToLongFunction<? super R> key) {

    public static final String ID = "id";

    static <R extends Row> Sort<R> byId() {
        return new Sort<>(ID, row -> 0);
    }

    /** Rows without a date come last in ascending order, as PostgreSQL puts nulls. */
    static long day(LocalDate date) {
        return date == null ? Long.MAX_VALUE : date.toEpochDay();
    }

    boolean isById() {
        return name.equals(ID);
    }
}
