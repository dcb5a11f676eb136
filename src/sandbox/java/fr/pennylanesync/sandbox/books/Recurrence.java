package fr.pennylanesync.sandbox.books;

/** How often a subscription bills. */
public record Recurrence(String type, int interval, Integer dayOfMonth, Integer count) {}
