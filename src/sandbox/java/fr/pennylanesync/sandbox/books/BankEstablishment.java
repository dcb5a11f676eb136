package fr.pennylanesync.sandbox.books;

/** A bank. */
public record BankEstablishment(long id, Stamps stamps, String name) implements Row {}
