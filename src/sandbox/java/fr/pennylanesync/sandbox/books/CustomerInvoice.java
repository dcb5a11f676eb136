package fr.pennylanesync.sandbox.books;

import java.util.List;

/**
 * A customer invoice or, when it credits another or its amounts are negative, a credit note.
 *
 * @param entryId 0 while it is a draft
 */
public record CustomerInvoice(long id, Stamps stamps, Sale sale, boolean draft, long entryId, InvoiceOrigin origin,
        EInvoicing eInvoicing, String schematronStatus, List<HeaderField> headerFields, List<Allocation> categories,
        Settlement settlement) implements Row {

    public boolean isCreditNote() {
        return origin.creditedInvoiceId() != 0 || sale.totals().amount() < 0;
    }

    public CustomerInvoice booked(long entry) {
        return new CustomerInvoice(id, stamps, sale, draft, entry, origin, eInvoicing, schematronStatus, headerFields,
                categories, settlement);
    }

    public CustomerInvoice settled(Settlement newSettlement, long atMicros) {
        return new CustomerInvoice(id, stamps.touched(Math.max(atMicros, stamps.updatedMicros())), sale, draft, entryId,
                origin, eInvoicing, schematronStatus, headerFields, categories, newSettlement);
    }

    public CustomerInvoice withSale(Sale newSale, Stamps newStamps) {
        return new CustomerInvoice(id, newStamps, newSale, draft, entryId, origin, eInvoicing,
                schematronStatus, headerFields, categories, settlement);
    }

    public CustomerInvoice finalised(Sale newSale, long newEntryId, Stamps newStamps) {
        return new CustomerInvoice(id, newStamps, newSale, false, newEntryId, origin, eInvoicing,
                schematronStatus, headerFields, categories, settlement);
    }

    public CustomerInvoice withCategories(List<Allocation> newCategories, Stamps newStamps) {
        return new CustomerInvoice(id, newStamps, sale, draft, entryId, origin, eInvoicing,
                schematronStatus, headerFields, newCategories, settlement);
    }

    public CustomerInvoice withSettlement(Settlement newSettlement, Stamps newStamps) {
        return new CustomerInvoice(id, newStamps, sale, draft, entryId, origin, eInvoicing,
                schematronStatus, headerFields, categories, newSettlement);
    }
}
