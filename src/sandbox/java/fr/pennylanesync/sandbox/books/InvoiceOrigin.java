package fr.pennylanesync.sandbox.books;

/** Where an invoice comes from; 0 where it has no such origin. */
public record InvoiceOrigin(long subscriptionId, long creditedInvoiceId, long templateId, long quoteId) {

    public static final InvoiceOrigin NONE = new InvoiceOrigin(0, 0, 0, 0);
}
