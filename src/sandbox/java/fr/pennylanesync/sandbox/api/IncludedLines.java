package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.InvoiceLine;
import java.util.List;

/** {@code include=invoice_lines}: the first 20 lines of each invoice of the page, keyed by the invoice's id. */
final class IncludedLines {

    private static final int MOST_LINES = 20;

    private IncludedLines() {}

    static ObjectNode add(ApiCall call, ObjectNode envelope) {
        String include = call.parameters().text("include").orElse("");
        if (include.isEmpty()) {
            return envelope;
        }
        if (!include.equals("invoice_lines")) {
            throw Problem.badRequest("Including '" + include + "' is not allowed");
        }
        boolean cut = call.faults().cutsIncluded(call);
        ObjectNode included = envelope.putObject("included").putObject("invoice_lines");
        envelope.withArray("items").forEach(item -> call.books().customerInvoices().find(item.path("id").asLong())
                .ifPresent(invoice -> included.set(Long.toString(invoice.id()), lines(call.view(), invoice, cut))));
        return envelope;
    }

    /** The OpenAPI gives a {@code next_url}, other descriptions a {@code next_cursor}: both are there. */
    private static ObjectNode lines(View view, CustomerInvoice invoice, boolean cut) {
        ListRequest<InvoiceLine> first = new ListRequest<>(MOST_LINES, null, null, Sort.byId(), true, List.of());
        List<InvoiceLine> all = invoice.sale().lines();
        SandboxPage<InvoiceLine> page = Pager.page(cut ? all.subList(0, all.size() - 1) : all, first);
        ObjectNode json =
                Doc.anonymous(view, invoice.id()).each("items", page.rows(), line -> SalesJson.line(line, view)).done();
        String cursor = page.hasMore() ? page.end(InvoiceLine::rank).cursor() : null;
        return json.put("has_more", page.hasMore()).put("next_cursor", cursor).put("next_url", cursor == null ? null
                : view.api("/customer_invoices/" + invoice.id() + "/invoice_lines?cursor=" + cursor));
    }
}
