package fr.pennylanesync.privacy;

/**
 * Somebody of whom a company's records tell.
 *
 * @param kind customer, supplier, contact or employee
 * @param id Pennylane's
 */
public record Person(String kind, long id) {}
