package fr.pennylanesync.sandbox.books;

/** A free field printed in the header of an invoice. */
public record HeaderField(long id, Stamps stamps, String title, String value, int rank) implements Row {}
