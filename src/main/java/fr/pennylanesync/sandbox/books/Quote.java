package fr.pennylanesync.sandbox.books;

/** A quote. */
public record Quote(long id, Stamps stamps, Sale sale, String status, long templateId) implements Row {}
