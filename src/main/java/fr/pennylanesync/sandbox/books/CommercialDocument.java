package fr.pennylanesync.sandbox.books;

/** A pro forma, a shipping order or a purchasing order. */
public record CommercialDocument(long id, Stamps stamps, Sale sale, String type, long quoteId, long templateId)
        implements Row {}
