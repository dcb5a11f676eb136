package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.Supplier;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import java.util.HashMap;
import java.util.Map;

/** Finds what an entry was booked for, and whose account is whose. */
final class BookedDocuments {

    private static final String LINK = "https://app.pennylane.com/public/invoice/pdf?encrypted_id=";

    private final CopiedBooks books;
    private final Map<Long, Document> byEntry = new HashMap<>();
    private final Map<Long, ThirdParty> byAccount = new HashMap<>();
    private final Map<Long, ThirdParty> customers = new HashMap<>();
    private final Map<Long, ThirdParty> suppliers = new HashMap<>();

    BookedDocuments(CopiedBooks books) {
        this.books = books;
        books.customers().forEach(this::know);
        books.suppliers().forEach(this::know);
        books.customerInvoices().stream().filter(invoice -> invoice.entryId() != 0).forEach(this::know);
        books.supplierInvoices().stream().filter(invoice -> invoice.entryId() != 0).forEach(this::know);
    }

    Document of(LedgerEntry entry) {
        Document document = byEntry.get(entry.id());
        return document != null ? document
                : new Document(entry.id(), entry.stamps(), entry.label(),
                        entry.invoiceNumber(), entry.pieceNumber(), null, null, owner());
    }

    /** Whose account it is; null when nobody's. */
    ThirdParty holder(LedgerAccount account) {
        return byAccount.get(account.id());
    }

    private void know(Customer customer) {
        know(customers, customer.id(), customer.ledgerAccountId());
    }

    private void know(Supplier supplier) {
        know(suppliers, supplier.id(), supplier.ledgerAccountId());
    }

    private void know(Map<Long, ThirdParty> parties, long id, long accountId) {
        CopiedBooks.find(books.accounts(), accountId).ifPresent(account -> {
            ThirdParty party = new ThirdParty(id, account);
            parties.put(id, party);
            byAccount.put(accountId, party);
        });
    }

    private void know(CustomerInvoice invoice) {
        var sale = invoice.sale();
        byEntry.put(invoice.entryId(), new Document(invoice.id(), invoice.stamps(), sale.wording().label(),
                sale.number(), sale.number(), link(invoice.id()), customers.get(sale.customerId()), owner()));
    }

    private void know(SupplierInvoice invoice) {
        byEntry.put(invoice.entryId(), new Document(invoice.id(), invoice.stamps(), invoice.label(), invoice.number(),
                invoice.number(), link(-invoice.id()), suppliers.get(invoice.supplierId()), null));
    }

    private String owner() {
        return books.profile().owner() == null ? null : books.profile().owner().full();
    }

    private static String link(long id) {
        return LINK + Long.toHexString(id * 0x9E3779B97F4A7C15L)
                + Long.toHexString(Long.rotateLeft(id, 17) * 0xC2B2AE3D27D4EB4FL);
    }
}
