package fr.pennylanesync.sandbox.books;

/** A pro forma, a shipping order or a purchasing order. */
public record CommercialDocument(long id, Stamps stamps, Sale sale, String type, long quoteId, long templateId)
        implements Row {

    public CommercialDocument withSale(Sale newSale, Stamps newStamps) {
        return new CommercialDocument(id, newStamps, newSale, type, quoteId, templateId);
    }
}
