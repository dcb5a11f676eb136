package fr.pennylanesync.sandbox.books;

/** A quote. */
public record Quote(long id, Stamps stamps, Sale sale, String status, long templateId) implements Row {

    public Quote withSale(Sale newSale, Stamps newStamps) {
        return new Quote(id, newStamps, newSale, status, templateId);
    }

    public Quote withStatus(String newStatus, Stamps newStamps) {
        return new Quote(id, newStamps, sale, newStatus, templateId);
    }
}
