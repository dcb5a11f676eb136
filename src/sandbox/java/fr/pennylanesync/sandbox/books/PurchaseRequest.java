package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;
import java.util.List;

/** A request to buy. */
public record PurchaseRequest(long id, Stamps stamps, String number, long supplierId, Address delivery, String status,
        String reason, LocalDate expectedOn, Totals totals, String fileName, List<Long> invoiceIds, long userId,
        long reviewerId)
        implements Row {

    public PurchaseRequest withStatus(String newStatus, Stamps newStamps) {
        return new PurchaseRequest(id, newStamps, number, supplierId, delivery, newStatus, reason,
                expectedOn, totals, fileName, invoiceIds, userId, reviewerId);
    }
}
