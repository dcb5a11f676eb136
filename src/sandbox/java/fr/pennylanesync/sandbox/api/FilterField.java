package fr.pennylanesync.sandbox.api;

import java.util.Set;
import java.util.function.Function;

/**
 * A field that an endpoint filters on.
 *
 * @param value of a row: a single value, a collection of which one must match, or null, which matches nothing (as in
 * SQL)
 */
public record FilterField<R>(String name, ValueType type, Set<FilterOperator> operators,
        Function<? super R, ?> value) {}
