package fr.pennylanesync.sandbox.books;

/** A postal address. */
public record Address(String street, String postalCode, String city, String country) {}
