package fr.pennylanesync.sandbox.books;

import java.util.List;

/**
 * The share of a record that belongs to an analytical category. Its id is the category's id, hence unique only with its
 * parent. The weights of one category group sum to 10 000.
 */
public record Allocation(long id, int weightBasisPoints, Stamps stamps) implements Row {

    public static final List<Allocation> NONE = List.of();
}
