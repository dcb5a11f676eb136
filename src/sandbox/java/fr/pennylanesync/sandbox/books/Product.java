package fr.pennylanesync.sandbox.books;

import java.math.BigDecimal;

/** A product or service sold. Prices are in units of the currency. */
public record Product(long id, Stamps stamps, String label, String description, String externalReference,
        BigDecimal priceBeforeTax, VatRate vatRate, String unit, String reference, long ledgerAccountId,
        long archivedMicros, String substance) implements Row {

    public Product withPrice(BigDecimal newPriceBeforeTax, Stamps newStamps) {
        return new Product(id, newStamps, label, description, externalReference, newPriceBeforeTax, vatRate,
                unit, reference, ledgerAccountId, archivedMicros, substance);
    }

    public Product archived(long newArchivedMicros, Stamps newStamps) {
        return new Product(id, newStamps, label, description, externalReference, priceBeforeTax, vatRate,
                unit, reference, ledgerAccountId, newArchivedMicros, substance);
    }
}
