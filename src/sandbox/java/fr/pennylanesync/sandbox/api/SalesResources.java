package fr.pennylanesync.sandbox.api;

import static fr.pennylanesync.sandbox.api.FilterOperator.COMPARISONS_AND_LISTS;
import static fr.pennylanesync.sandbox.api.FilterOperator.EQUALITY_AND_LISTS;
import static fr.pennylanesync.sandbox.api.FilterOperator.ONE_OF;
import static fr.pennylanesync.sandbox.api.ValueType.BOOLEAN;
import static fr.pennylanesync.sandbox.api.ValueType.DATE;
import static fr.pennylanesync.sandbox.api.ValueType.INTEGER;
import static fr.pennylanesync.sandbox.api.ValueType.TEXT;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.CommercialDocument;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.InvoiceLine;
import fr.pennylanesync.sandbox.books.InvoiceTemplate;
import fr.pennylanesync.sandbox.books.Numbering;
import fr.pennylanesync.sandbox.books.Quote;
import fr.pennylanesync.sandbox.books.Subscription;
import java.util.List;
import java.util.Optional;

/** What the company sells: customer invoices, quotes, commercial documents, subscriptions. */
final class SalesResources {

    private SalesResources() {}

    static List<Resource<?>> all() {
        return List.of(invoices(), quotes(), documents(), subscriptions(), templates(), numberings());
    }

    private static Resource<CustomerInvoice> invoices() {
        Shape<CustomerInvoice> shape = Shape.<CustomerInvoice>sortable()
                .sort("date", invoice -> Sort.day(invoice.sale().date())).filterId()
                .filter("date", DATE, COMPARISONS_AND_LISTS, invoice -> invoice.sale().date())
                .filter("customer_id", INTEGER, COMPARISONS_AND_LISTS,
                        invoice -> Nullable.id(invoice.sale().customerId()))
                .filter("billing_subscription_id", INTEGER, COMPARISONS_AND_LISTS,
                        invoice -> Nullable.id(invoice.origin().subscriptionId()))
                .filter("quote_id", INTEGER, COMPARISONS_AND_LISTS, invoice -> Nullable.id(invoice.origin().quoteId()))
                .filter("invoice_number", TEXT, EQUALITY_AND_LISTS, invoice -> invoice.sale().number())
                .filter("draft", BOOLEAN, FilterOperator.EQUAL, CustomerInvoice::draft)
                .filter("credit_note", BOOLEAN, FilterOperator.EQUAL, CustomerInvoice::isCreditNote)
                .filter("external_reference", TEXT, FilterOperator.EQUAL, invoice -> invoice.sale().externalReference())
                .filter("category_id", INTEGER, ONE_OF, invoice -> invoice.categories().stream().map(Allocation::id)
                        .toList())
                .filter("flow_id", TEXT, EQUALITY_AND_LISTS,
                        invoice -> Optional.ofNullable(invoice.eInvoicing()).map(state -> state.flowId()).orElse(null));
        return Resource.of("customer_invoices", SandboxScopes.of("customer_invoices"), Books::customerInvoices,
                SalesJson::invoice, shape).withOne()
                .child("invoice_lines", (invoice, books) -> invoice.sale().lines(), SalesJson::line,
                        Shape.<InvoiceLine>sortable().sort("rank", InvoiceLine::rank))
                .child("invoice_line_sections", (invoice, books) -> invoice.sale().sections(), SalesJson::section,
                        Shape.sortable())
                .child("custom_header_fields", (invoice, books) -> invoice.headerFields(), SalesJson::headerField,
                        Shape.sortable())
                .child("categories", (invoice, books) -> invoice.categories(), ThirdPartyJson::allocation,
                        Shape.plain())
                .child("payments", (invoice, books) -> invoice.settlement().payments(), SalesJson::payment,
                        Shape.sortable())
                .child("matched_transactions",
                        (invoice, books) -> Nullable.found(books.transactions(), invoice.settlement().transactionIds()),
                        BankJson::underCustomerInvoice, Shape.sortable())
                .child("appendices", (invoice, books) -> invoice.sale().appendices(), SalesJson::appendix,
                        Shape.plain());
    }

    private static Resource<Quote> quotes() {
        Shape<Quote> shape = Shape.<Quote>sortable().filterId()
                .filter("customer_id", INTEGER, COMPARISONS_AND_LISTS, quote -> Nullable.id(quote.sale().customerId()))
                .filter("status", TEXT, EQUALITY_AND_LISTS, Quote::status);
        return Resource.of("quotes", SandboxScopes.of("quotes"), Books::quotes, SalesJson::quote, shape).withOne()
                .child("invoice_lines", (quote, books) -> quote.sale().lines(), SalesJson::documentLine,
                        Shape.sortable())
                .child("invoice_line_sections", (quote, books) -> quote.sale().sections(), SalesJson::section,
                        Shape.sortable())
                .child("appendices", (quote, books) -> quote.sale().appendices(), SalesJson::appendix, Shape.plain());
    }

    private static Resource<CommercialDocument> documents() {
        Shape<CommercialDocument> shape = Shape.<CommercialDocument>sortable().filterId()
                .filter("customer_id", INTEGER, COMPARISONS_AND_LISTS,
                        document -> Nullable.id(document.sale().customerId()))
                .filter("document_type", TEXT, EQUALITY_AND_LISTS, CommercialDocument::type);
        return Resource.of("commercial_documents", SandboxScopes.of("commercial_documents"), Books::commercialDocuments,
                SalesJson::document, shape)
                .withOne()
                .child("invoice_lines", (document, books) -> document.sale().lines(), SalesJson::documentLine,
                        Shape.sortable())
                .child("invoice_line_sections", (document, books) -> document.sale().sections(), SalesJson::section,
                        Shape.sortable())
                .child("appendices", (document, books) -> document.sale().appendices(), SalesJson::appendix,
                        Shape.plain());
    }

    private static Resource<Subscription> subscriptions() {
        Shape<Subscription> shape = Shape.<Subscription>sortable().filterId()
                .filter("start", DATE, COMPARISONS_AND_LISTS, Subscription::start)
                .filter("customer_id", INTEGER, COMPARISONS_AND_LISTS,
                        subscription -> Nullable.id(subscription.sale().customerId()))
                .filter("status", TEXT, EQUALITY_AND_LISTS, Subscription::status);
        return Resource.of("billing_subscriptions", SandboxScopes.of("billing_subscriptions"), Books::subscriptions,
                ContractJson::subscription, shape)
                .withOne()
                .child("invoice_lines", (subscription, books) -> subscription.sale().lines(),
                        SalesJson::subscriptionLine, Shape.sortable())
                .child("invoice_line_sections", (subscription, books) -> subscription.sale().sections(),
                        SalesJson::section, Shape.sortable());
    }

    private static Resource<InvoiceTemplate> templates() {
        return Resource.of("customer_invoice_templates", SandboxScopes.of("customer_invoice_templates"),
                Books::templates,
                SettingsJson::template, Shape.sortable());
    }

    private static Resource<Numbering> numberings() {
        return Resource.of("numberings", SandboxScopes.of("customer_invoices", "quotes", "commercial_documents"),
                Books::numberings, SettingsJson::numbering, Shape.sortable());
    }
}
