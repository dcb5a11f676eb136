package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.EInvoicing;
import fr.pennylanesync.sandbox.books.PurchaseLine;
import fr.pennylanesync.sandbox.books.PurchaseRequest;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import fr.pennylanesync.sandbox.books.Totals;

/** The JSON of supplier invoices and purchase requests. */
final class PurchaseJson {

    private PurchaseJson() {}

    static ObjectNode invoice(SupplierInvoice invoice, View view) {
        String self = "/supplier_invoices/" + invoice.id();
        Doc doc = Doc.of(view, invoice.id()).text("label", invoice.label()).text("invoice_number", invoice.number());
        return SalesJson.totals(doc, invoice.totals()).date("date", invoice.date()).date("deadline", invoice.deadline())
                .flag("reconciled", !invoice.settlement().transactionIds().isEmpty())
                .text("accounting_status", invoice.archivedMicros() == 0 ? invoice.accountingStatus() : "archived")
                .text("filename", invoice.fileName())
                .text("public_file_url", view.file(FileKind.SUPPLIER_INVOICE, invoice.id(), invoice.fileName()))
                .cents("remaining_amount_with_tax", invoice.settlement().remainingWithTax())
                .cents("remaining_amount_without_tax", invoice.settlement().remainingWithoutTax())
                .bare("ledger_entry", invoice.entryId()).reference("supplier", invoice.supplierId(), "/suppliers")
                .link("invoice_lines", self + "/invoice_lines").link("categories", self + "/categories")
                .node("transaction_reference", SalesJson.transactionReference(invoice.number(), invoice.id()))
                .text("payment_status", invoice.paymentStatus()).link("payments", self + "/payments")
                .link("matched_transactions", self + "/matched_transactions")
                .text("external_reference", invoice.externalReference()).node("e_invoicing", eInvoicing(invoice, view))
                .moment("archived_at", invoice.archivedMicros()).stamps(invoice.stamps())
                .flag("paid", invoice.settlement().isPaid()).node("import_source", invoice.importPath() == null ? null
                        : JsonNodeFactory.instance.objectNode().put("path", invoice.importPath()))
                .done();
    }

    static ObjectNode line(PurchaseLine line, View view) {
        Totals totals = line.totals();
        return Doc.of(view, line.id()).text("label", line.label()).cents("amount", totals.amount())
                .cents("currency_amount", totals.currencyAmount()).text("description", line.description())
                .text("vat_rate", line.vatRate().code()).cents("currency_amount_before_tax", totals.currencyBeforeTax())
                .cents("currency_tax", totals.currencyTax()).cents("tax", totals.tax())
                .node("imputation_dates", SalesJson.imputation(line.imputationStart(), line.imputationEnd()))
                .stamps(line.stamps()).bare("ledger_account", line.ledgerAccountId()).done();
    }

    static ObjectNode request(PurchaseRequest request, View view) {
        Doc doc = Doc.of(view, request.id()).text("purchase_order_number", request.number())
                .reference("supplier", request.supplierId(), "/suppliers")
                .node("delivery_address", ThirdPartyJson.address(request.delivery())).text("status", request.status())
                .text("reason", request.reason()).date("estimated_delivery_date", request.expectedOn());
        ObjectNode order = request.fileName() == null ? null
                : JsonNodeFactory.instance.objectNode()
                        .put("filename", request.fileName()).put("url",
                                view.file(FileKind.PURCHASE_ORDER, request.id(), request.fileName()));
        ObjectNode linked =
                Doc.anonymous(view, 0).each("items", request.invoiceIds(), id -> JsonNodeFactory.instance.objectNode()
                        .put("id", id).put("url", view.api("/supplier_invoices/" + id))).done();
        return SalesJson.totals(doc, request.totals()).node("purchase_order", order).node("linked_invoices", linked)
                .stamps(request.stamps()).done();
    }

    private static ObjectNode eInvoicing(SupplierInvoice invoice, View view) {
        EInvoicing state = invoice.eInvoicing();
        return state == null ? null
                : Doc.anonymous(view, invoice.id()).text("status", state.status())
                        .text("reason", state.reason()).node("flow", JsonNodeFactory.instance.objectNode()
                                .put("id", state.flowId()))
                        .text("source_file_url", view.file(FileKind.SUPPLIER_SOURCE, invoice.id(),
                                state.hasSourceFile() ? invoice.number() + ".xml" : null))
                        .text("electronic_billing_address", state.address()).done();
    }
}
