package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;
import java.util.List;

/** A supplier invoice. */
public record SupplierInvoice(long id, Stamps stamps, String label, String number, LocalDate date, LocalDate deadline,
        Totals totals, String accountingStatus, String paymentStatus, String fileName, long entryId, long supplierId,
        String externalReference, EInvoicing eInvoicing, String importPath, long archivedMicros, List<PurchaseLine> lines,
        List<Allocation> categories, Settlement settlement) implements Row {

    public SupplierInvoice booked(long entry) {
        return new SupplierInvoice(id, stamps, label, number, date, deadline, totals, accountingStatus, paymentStatus, fileName,
                entry, supplierId, externalReference, eInvoicing, importPath, archivedMicros, lines, categories, settlement);
    }

    public SupplierInvoice settled(Settlement newSettlement, String newStatus, long atMicros) {
        return new SupplierInvoice(id, stamps.touched(Math.max(atMicros, stamps.updatedMicros())), label, number, date, deadline,
                totals, accountingStatus, newStatus, fileName, entryId, supplierId, externalReference, eInvoicing, importPath,
                archivedMicros, lines, categories, newSettlement);
    }
}
