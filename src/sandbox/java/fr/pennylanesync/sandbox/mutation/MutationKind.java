package fr.pennylanesync.sandbox.mutation;

import java.util.function.Predicate;

/**
 * Something that can be done to the books.
 *
 * @param weight how often it is drawn, relative to others of its share
 * @param action does it, or returns false having changed nothing
 */
record MutationKind(String kind, int weight, Predicate<BooksEditor> action) {}
