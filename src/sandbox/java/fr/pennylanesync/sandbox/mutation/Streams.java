package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.BankAccount;
import fr.pennylanesync.sandbox.books.BankTransaction;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Category;
import fr.pennylanesync.sandbox.books.CategoryGroup;
import fr.pennylanesync.sandbox.books.CommercialDocument;
import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.Feed;
import fr.pennylanesync.sandbox.books.FiscalYear;
import fr.pennylanesync.sandbox.books.GocardlessMandate;
import fr.pennylanesync.sandbox.books.InvoiceTemplate;
import fr.pennylanesync.sandbox.books.Journal;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.LedgerLine;
import fr.pennylanesync.sandbox.books.Numbering;
import fr.pennylanesync.sandbox.books.ProAccountMandate;
import fr.pennylanesync.sandbox.books.Product;
import fr.pennylanesync.sandbox.books.PurchaseRequest;
import fr.pennylanesync.sandbox.books.Quote;
import fr.pennylanesync.sandbox.books.SepaMandate;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.Subscription;
import fr.pennylanesync.sandbox.books.Supplier;
import fr.pennylanesync.sandbox.books.SupplierInvoice;

/** The streams that change. Journals and numberings bear no timestamps. */
final class Streams {

    static final Kept<Customer> CUSTOMERS = Kept.announced(Feed.CUSTOMERS, Books::customers, Customer::stamps);
    static final Kept<Supplier> SUPPLIERS = Kept.announced(Feed.SUPPLIERS, Books::suppliers, Supplier::stamps);
    static final Kept<Product> PRODUCTS = Kept.announced(Feed.PRODUCTS, Books::products, Product::stamps);
    static final Kept<CustomerInvoice> CUSTOMER_INVOICES =
            Kept.announced(Feed.CUSTOMER_INVOICES, Books::customerInvoices, CustomerInvoice::stamps);
    static final Kept<SupplierInvoice> SUPPLIER_INVOICES =
            Kept.announced(Feed.SUPPLIER_INVOICES, Books::supplierInvoices, SupplierInvoice::stamps);
    static final Kept<Quote> QUOTES = Kept.announced(Feed.QUOTES, Books::quotes, Quote::stamps);
    static final Kept<BankTransaction> TRANSACTIONS = Kept.announced(Feed.TRANSACTIONS, Books::transactions,
            BankTransaction::stamps);
    static final Kept<LedgerLine> LINES = Kept.announced(Feed.LEDGER_ENTRY_LINES, Books::ledgerLines,
            (LedgerLine line) -> new Stamps(line.createdMicros(), line.updatedMicros())).with(
                    new Kept.CategoryFeed<>(
                            Feed.LEDGER_ENTRY_LINES_CATEGORIES, LedgerLine::categories, LedgerLine::id,
                            LedgerLine::entryId));
    static final Kept<LedgerEntry> ENTRIES = Kept.silent("ledger_entries", Books::ledgerEntries, LedgerEntry::stamps)
            .with(new Kept.CategoryFeed<>(Feed.LEDGER_ENTRIES_CATEGORIES, LedgerEntry::categories, entry -> 0,
                    LedgerEntry::id));
    static final Kept<CommercialDocument> COMMERCIAL_DOCUMENTS =
            Kept.silent("commercial_documents", Books::commercialDocuments, CommercialDocument::stamps);
    static final Kept<Subscription> SUBSCRIPTIONS = Kept.silent("billing_subscriptions", Books::subscriptions,
            Subscription::stamps);
    static final Kept<PurchaseRequest> PURCHASE_REQUESTS = Kept.silent("purchase_requests", Books::purchaseRequests,
            PurchaseRequest::stamps);
    static final Kept<BankAccount> BANK_ACCOUNTS = Kept.silent("bank_accounts", Books::bankAccounts,
            BankAccount::stamps);
    static final Kept<LedgerAccount> LEDGER_ACCOUNTS = Kept.silent("ledger_accounts", Books::ledgerAccounts,
            LedgerAccount::stamps);
    static final Kept<FiscalYear> FISCAL_YEARS = Kept.silent("fiscal_years", Books::fiscalYears, FiscalYear::stamps);
    static final Kept<Category> CATEGORIES = Kept.silent("categories", Books::categories, Category::stamps);
    static final Kept<CategoryGroup> CATEGORY_GROUPS = Kept.silent("category_groups", Books::categoryGroups,
            CategoryGroup::stamps);
    static final Kept<SepaMandate> SEPA_MANDATES = Kept.silent("sepa_mandates", Books::sepaMandates,
            SepaMandate::stamps);
    static final Kept<GocardlessMandate> GOCARDLESS_MANDATES =
            Kept.silent("gocardless_mandates", Books::gocardlessMandates, GocardlessMandate::stamps);
    static final Kept<ProAccountMandate> PRO_ACCOUNT_MANDATES =
            Kept.silent("pro_account_mandates", Books::proAccountMandates, ProAccountMandate::stamps);
    static final Kept<InvoiceTemplate> TEMPLATES = Kept.silent("customer_invoice_templates", Books::templates,
            InvoiceTemplate::stamps);
    static final Kept<Journal> JOURNALS = Kept.silent("journals", Books::journals, journal -> new Stamps(0, 0));
    static final Kept<Numbering> NUMBERINGS =
            Kept.silent("numberings", Books::numberings, numbering -> new Stamps(0, 0));

    private Streams() {}
}
