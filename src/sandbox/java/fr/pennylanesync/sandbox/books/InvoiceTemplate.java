package fr.pennylanesync.sandbox.books;

/** A layout for customer invoices. */
public record InvoiceTemplate(long id, Stamps stamps, String name) implements Row {

    public InvoiceTemplate withName(String newName, Stamps newStamps) {
        return new InvoiceTemplate(id, newStamps, newName);
    }
}
