package fr.pennylanesync.sandbox.api;

import static fr.pennylanesync.sandbox.api.FilterOperator.COMPARISONS_AND_LISTS;
import static fr.pennylanesync.sandbox.api.FilterOperator.EQUALITY_AND_LISTS;
import static fr.pennylanesync.sandbox.api.FilterOperator.ONE_OF;
import static fr.pennylanesync.sandbox.api.ValueType.DATE;
import static fr.pennylanesync.sandbox.api.ValueType.INTEGER;
import static fr.pennylanesync.sandbox.api.ValueType.TEXT;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.PurchaseRequest;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import java.util.List;
import java.util.Optional;

/** What the company buys: supplier invoices and purchase requests. */
final class PurchaseResources {

    private PurchaseResources() {}

    static List<Resource<?>> all() {
        return List.of(invoices(), requests());
    }

    private static Resource<SupplierInvoice> invoices() {
        Shape<SupplierInvoice> shape = Shape.<SupplierInvoice>sortable()
                .sort("date", invoice -> Sort.day(invoice.date())).filterId()
                .filter("supplier_id", INTEGER, COMPARISONS_AND_LISTS, invoice -> Nullable.id(invoice.supplierId()))
                .filter("invoice_number", TEXT, EQUALITY_AND_LISTS, SupplierInvoice::number)
                .filter("date", DATE, COMPARISONS_AND_LISTS, SupplierInvoice::date)
                .filter("category_id", INTEGER, ONE_OF, invoice -> invoice.categories().stream().map(Allocation::id)
                        .toList())
                .filter("external_reference", TEXT, EQUALITY_AND_LISTS, SupplierInvoice::externalReference)
                .filter("payment_status", TEXT, EQUALITY_AND_LISTS, SupplierInvoice::paymentStatus)
                .filter("flow_id", TEXT, EQUALITY_AND_LISTS,
                        invoice -> Optional.ofNullable(invoice.eInvoicing()).map(state -> state.flowId()).orElse(null));
        return Resource.of("supplier_invoices", SandboxScopes.of("supplier_invoices"), Books::supplierInvoices,
                PurchaseJson::invoice, shape).withOne()
                .child("invoice_lines", (invoice, books) -> invoice.lines(), PurchaseJson::line, Shape.sortable())
                .child("categories", (invoice, books) -> invoice.categories(), ThirdPartyJson::allocation,
                        Shape.plain())
                .child("payments", (invoice, books) -> invoice.settlement().payments(), SalesJson::payment,
                        Shape.sortable())
                .child("matched_transactions",
                        (invoice, books) -> Nullable.found(books.transactions(), invoice.settlement().transactionIds()),
                        BankJson::underSupplierInvoice, Shape.sortable());
    }

    private static Resource<PurchaseRequest> requests() {
        Shape<PurchaseRequest> shape = Shape.<PurchaseRequest>sortable().filterId()
                .filter("reviewed_by_id", INTEGER, EQUALITY_AND_LISTS, PurchaseRequest::reviewerId)
                .filter("user_id", INTEGER, EQUALITY_AND_LISTS, PurchaseRequest::userId)
                .filter("supplier_id", INTEGER, EQUALITY_AND_LISTS, request -> Nullable.id(request.supplierId()));
        return Resource.of("purchase_requests", SandboxScopes.of("purchase_requests"), Books::purchaseRequests,
                PurchaseJson::request, shape).withOne();
    }
}
