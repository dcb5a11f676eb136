package fr.pennylanesync.sandbox.books;

/** An invoice that a transaction settles; {@code id} is the invoice's. */
public record MatchedInvoice(long id, boolean customer) implements Row {}
