package fr.pennylanesync.sandbox.books;

/** A file joined to a document. */
public record Appendix(long id, Stamps stamps, String fileName) implements Row {}
