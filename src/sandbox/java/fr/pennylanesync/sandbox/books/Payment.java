package fr.pennylanesync.sandbox.books;

/** A payment of an invoice, in cents of its currency. */
public record Payment(long id, Stamps stamps, String label, String currency, long currencyAmount, String status)
        implements Row {}
