package fr.pennylanesync.sandbox.books;

/** A person to write to at a customer. */
public record Contact(long id, Stamps stamps, String firstName, String lastName, String role, String email,
        String telephone, String mobile) implements Row {}
