package fr.pennylanesync.sandbox.books;

/** The free texts of a sales document. */
public record Wording(String label, String subject, String freeText, String description, String specialMention) {}
