package fr.pennylanesync.sandbox.books;

/** A heading among the lines of a document. */
public record Section(long id, Stamps stamps, String title, String description, int rank) implements Row {}
