package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.Appendix;
import fr.pennylanesync.sandbox.books.CommercialDocument;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.Discount;
import fr.pennylanesync.sandbox.books.EInvoicing;
import fr.pennylanesync.sandbox.books.HeaderField;
import fr.pennylanesync.sandbox.books.InvoiceLine;
import fr.pennylanesync.sandbox.books.Payment;
import fr.pennylanesync.sandbox.books.Quote;
import fr.pennylanesync.sandbox.books.Sale;
import fr.pennylanesync.sandbox.books.Section;
import fr.pennylanesync.sandbox.books.Totals;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** The JSON of customer invoices, quotes, commercial documents and what hangs on them. */
final class SalesJson {

    private SalesJson() {}

    static ObjectNode invoice(CustomerInvoice invoice, View view) {
        Sale sale = invoice.sale();
        String self = "/customer_invoices/" + invoice.id();
        String fileName = invoice.draft() ? null : sale.number() + ".pdf";
        Doc doc = Doc.of(view, invoice.id()).text("label", sale.wording().label())
                .text("invoice_number", sale.number());
        totals(doc, sale.totals()).date("date", sale.date()).date("deadline", sale.deadline())
                .text("language", sale.language()).flag("paid", invoice.settlement().isPaid())
                .text("status", status(invoice, view)).node("discount", discount(sale.discount(), invoice.id()))
                .bare("ledger_entry", invoice.entryId()).text("public_file_url",
                        view.file(FileKind.CUSTOMER_INVOICE, invoice.id(), fileName))
                .text("filename", fileName)
                .cents("remaining_amount_with_tax", invoice.settlement().remainingWithTax())
                .cents("remaining_amount_without_tax", invoice.settlement().remainingWithoutTax())
                .flag("draft", invoice.draft());
        wording(doc, sale, self).link("custom_header_fields", self + "/custom_header_fields")
                .link("categories", self + "/categories").bare("billing_subscription", invoice.origin()
                        .subscriptionId())
                .reference("credited_invoice", invoice.origin().creditedInvoiceId(), "/customer_invoices")
                .bare("customer_invoice_template", invoice.origin().templateId())
                .node("transaction_reference", transactionReference(sale.number(), invoice.id()))
                .link("payments", self + "/payments").link("matched_transactions", self + "/matched_transactions")
                .link("appendices", self + "/appendices").bare("quote", invoice.origin().quoteId())
                .text("external_reference", sale.externalReference())
                .node("e_invoicing", eInvoicing(invoice.eInvoicing())).moment("archived_at", sale.archivedMicros())
                .stamps(invoice.stamps()).flag("factur_x", invoice.eInvoicing() != null)
                .text("schematron_validation_status", invoice.schematronStatus());
        return doc.done();
    }

    static ObjectNode quote(Quote quote, View view) {
        Sale sale = quote.sale();
        String self = "/quotes/" + quote.id();
        String fileName = sale.number() + ".pdf";
        Doc doc = Doc.of(view, quote.id()).text("label", sale.wording().label()).text("quote_number", sale.number());
        totals(doc, sale.totals()).date("date", sale.date()).date("deadline", sale.deadline())
                .text("language", sale.language()).text("status", quote.status())
                .node("discount", discount(sale.discount(), quote.id()))
                .text("public_file_url", view.file(FileKind.QUOTE, quote.id(), fileName)).text("filename", fileName);
        String linked = URLEncoder.encode("[{\"field\":\"quote_id\",\"operator\":\"eq\",\"value\":" + quote.id() + "}]",
                StandardCharsets.UTF_8);
        return wording(doc, sale, self).link("linked_invoices", "/customer_invoices?filter=" + linked)
                .bare("quote_template", quote.templateId()).link("appendices", self + "/appendices")
                .text("external_reference", sale.externalReference()).moment("archived_at", sale.archivedMicros())
                .stamps(quote.stamps()).done();
    }

    static ObjectNode document(CommercialDocument document, View view) {
        Sale sale = document.sale();
        String self = "/commercial_documents/" + document.id();
        String fileName = sale.number() + ".pdf";
        Doc doc = Doc.of(view, document.id()).text("label", sale.wording().label())
                .text("document_number", sale.number()).text("document_type", document.type());
        totals(doc, sale.totals()).date("date", sale.date()).date("deadline", sale.deadline())
                .text("language", sale.language()).node("discount", discount(sale.discount(), document.id()))
                .text("public_file_url", view.file(FileKind.COMMERCIAL_DOCUMENT, document.id(), fileName))
                .text("filename", fileName);
        return wording(doc, sale, self).reference("quote", document.quoteId(), "/quotes")
                .bare("commercial_document_template", document.templateId()).link("appendices", self + "/appendices")
                .text("external_reference", sale.externalReference()).moment("archived_at", sale.archivedMicros())
                .stamps(document.stamps()).done();
    }

    /** A line of a customer invoice: it shows the most. */
    static ObjectNode line(InvoiceLine line, View view) {
        return imputed(line, view).text("substance", line.substance()).bare("ledger_account", line.ledgerAccountId())
                .done();
    }

    static ObjectNode subscriptionLine(InvoiceLine line, View view) {
        return imputed(line, view).done();
    }

    /** A line of a quote or commercial document. */
    static ObjectNode documentLine(InvoiceLine line, View view) {
        return common(line, view).done();
    }

    private static Doc imputed(InvoiceLine line, View view) {
        return common(line, view).node("imputation_dates", imputation(line.imputationStart(), line.imputationEnd()));
    }

    private static Doc common(InvoiceLine line, View view) {
        Totals totals = line.totals();
        return Doc.of(view, line.id()).text("label", line.label()).text("unit", line.unit())
                .decimal("quantity", line.quantity()).cents("amount", totals.amount())
                .cents("currency_amount", totals.currencyAmount()).text("description", line.description())
                .reference("product", line.productId(), "/products").text("vat_rate", line.vatRate().code())
                .cents("currency_amount_before_tax", totals.currencyBeforeTax())
                .cents("currency_tax", totals.currencyTax()).cents("tax", totals.tax())
                .decimal("raw_currency_unit_price", line.unitPrice())
                .node("discount", discount(line.discount(), line.id())).number("section_rank", line.sectionRank())
                .stamps(line.stamps());
    }

    static ObjectNode section(Section section, View view) {
        return Doc.of(view, section.id()).text("title", section.title()).text("description", section.description())
                .number("rank", section.rank()).stamps(section.stamps()).done();
    }

    static ObjectNode headerField(HeaderField field, View view) {
        return Doc.of(view, field.id()).text("title", field.title()).text("value", field.value())
                .number("rank", field.rank()).stamps(field.stamps()).done();
    }

    static ObjectNode appendix(Appendix appendix, View view) {
        return Doc.of(view, appendix.id()).text("url", view.file(FileKind.APPENDIX, appendix.id(), appendix.fileName()))
                .text("filename", appendix.fileName()).stamps(appendix.stamps()).done();
    }

    static ObjectNode payment(Payment payment, View view) {
        return Doc.of(view, payment.id()).text("label", payment.label()).text("currency", payment.currency())
                .cents("currency_amount", payment.currencyAmount()).text("status", payment.status())
                .stamps(payment.stamps()).done();
    }

    static Doc totals(Doc doc, Totals totals) {
        return doc.text("currency", totals.currency()).cents("amount", totals.amount())
                .cents("currency_amount", totals.currencyAmount())
                .cents("currency_amount_before_tax", totals.currencyBeforeTax())
                .text("exchange_rate", totals.exchangeRate().compareTo(BigDecimal.ONE) == 0 ? "1.0"
                        : totals.exchangeRate().toPlainString())
                .cents("currency_tax", totals.currencyTax()).cents("tax", totals.tax());
    }

    static ObjectNode discount(Discount discount, long id) {
        return JsonNodeFactory.instance.objectNode().put("type", discount.relative() ? "relative" : "absolute")
                .put("value", Decimals.text(discount.value(), id, "discount"));
    }

    static ObjectNode imputation(LocalDate start, LocalDate end) {
        return start == null ? null
                : JsonNodeFactory.instance.objectNode().put("start_date", start.toString())
                        .put("end_date", end.toString());
    }

    static ObjectNode transactionReference(String number, long id) {
        return id % 3 != 0 || number.isEmpty() ? null
                : JsonNodeFactory.instance.objectNode()
                        .put("banking_provider", "bank").put("provider_field_name", "label")
                        .put("provider_field_value", number);
    }

    private static Doc wording(Doc doc, Sale sale, String self) {
        return doc.text("special_mention", sale.wording().specialMention())
                .reference("customer", sale.customerId(), "/customers")
                .link("invoice_line_sections", self + "/invoice_line_sections")
                .link("invoice_lines", self + "/invoice_lines").text("pdf_invoice_free_text", sale.wording().freeText())
                .text("pdf_invoice_subject", sale.wording().subject())
                .text("pdf_description", sale.wording().description());
    }

    private static ObjectNode eInvoicing(EInvoicing state) {
        return state == null ? null
                : Doc.anonymous(null, 0).text("status", state.status())
                        .text("reason", state.reason()).node("flow", state.flowId() == null ? null
                                : JsonNodeFactory.instance.objectNode().put("id", state.flowId()))
                        .done();
    }

    /** The state of payment; lateness is judged at the books' last day, so that it does not change by itself. */
    static String status(CustomerInvoice invoice, View view) {
        if (invoice.sale().archivedMicros() != 0) {
            return "archived";
        }
        if (invoice.draft()) {
            return "draft";
        }
        if (invoice.isCreditNote()) {
            return "credit_note";
        }
        if (invoice.settlement().isPaid()) {
            return "paid";
        }
        if (invoice.settlement().isStarted()) {
            return "partially_paid";
        }
        return invoice.sale().deadline().isBefore(view.books().profile().booksEnd()) ? "late" : "upcoming";
    }
}
