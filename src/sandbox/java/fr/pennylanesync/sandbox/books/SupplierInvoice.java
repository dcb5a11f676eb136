package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;
import java.util.List;

/** A supplier invoice. */
public record SupplierInvoice(long id, Stamps stamps, String label, String number, LocalDate date, LocalDate deadline,
        Totals totals, String accountingStatus, String paymentStatus, String fileName, long entryId, long supplierId,
        String externalReference, EInvoicing eInvoicing, String importPath, long archivedMicros,
        List<PurchaseLine> lines, List<Allocation> categories, Settlement settlement) implements Row {

    public SupplierInvoice booked(long entry) {
        return new SupplierInvoice(id, stamps, label, number, date, deadline, totals, accountingStatus, paymentStatus,
                fileName, entry, supplierId, externalReference, eInvoicing, importPath, archivedMicros, lines,
                categories, settlement);
    }

    public SupplierInvoice settled(Settlement newSettlement, String newStatus, long atMicros) {
        return new SupplierInvoice(id, stamps.touched(Math.max(atMicros, stamps.updatedMicros())), label, number, date,
                deadline, totals, accountingStatus, newStatus, fileName, entryId, supplierId, externalReference,
                eInvoicing, importPath, archivedMicros, lines, categories, newSettlement);
    }

    public SupplierInvoice withLabel(String newLabel, Stamps newStamps) {
        return new SupplierInvoice(id, newStamps, newLabel, number, date, deadline, totals,
                accountingStatus, paymentStatus, fileName, entryId, supplierId, externalReference,
                eInvoicing, importPath, archivedMicros, lines, categories, settlement);
    }

    public SupplierInvoice withLines(Totals newTotals, List<PurchaseLine> newLines, Stamps newStamps) {
        return new SupplierInvoice(id, newStamps, label, number, date, deadline, newTotals,
                accountingStatus, paymentStatus, fileName, entryId, supplierId, externalReference,
                eInvoicing, importPath, archivedMicros, newLines, categories, settlement);
    }

    public SupplierInvoice withCategories(List<Allocation> newCategories, Stamps newStamps) {
        return new SupplierInvoice(id, newStamps, label, number, date, deadline, totals, accountingStatus,
                paymentStatus, fileName, entryId, supplierId, externalReference, eInvoicing, importPath,
                archivedMicros, lines, newCategories, settlement);
    }

    public SupplierInvoice withSettlement(Settlement newSettlement, String newPaymentStatus, Stamps newStamps) {
        return new SupplierInvoice(id, newStamps, label, number, date, deadline, totals, accountingStatus,
                newPaymentStatus, fileName, entryId, supplierId, externalReference, eInvoicing, importPath,
                archivedMicros, lines, categories, newSettlement);
    }

    public SupplierInvoice archived(long newArchivedMicros, Stamps newStamps) {
        return new SupplierInvoice(id, newStamps, label, number, date, deadline, totals, accountingStatus,
                paymentStatus, fileName, entryId, supplierId, externalReference, eInvoicing, importPath,
                newArchivedMicros, lines, categories, settlement);
    }
}
