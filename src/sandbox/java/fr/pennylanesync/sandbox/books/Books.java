package fr.pennylanesync.sandbox.books;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** All the facts of one company. Read and change them inside {@link #read} and {@link #change}. */
public final class Books {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Profile profile;
    private volatile long changes;

    private final Table<Customer> customers = new Table<>();
    private final Table<Supplier> suppliers = new Table<>();
    private final Table<Product> products = new Table<>();
    private final Table<CustomerInvoice> customerInvoices = new Table<>();
    private final Table<SupplierInvoice> supplierInvoices = new Table<>();
    private final Table<Quote> quotes = new Table<>();
    private final Table<CommercialDocument> commercialDocuments = new Table<>();
    private final Table<Subscription> subscriptions = new Table<>();
    private final Table<InvoiceTemplate> templates = new Table<>();
    private final Table<BankTransaction> transactions = new Table<>();
    private final Table<BankAccount> bankAccounts = new Table<>();
    private final Table<BankEstablishment> bankEstablishments = new Table<>();
    private final Table<Journal> journals = new Table<>();
    private final Table<LedgerAccount> ledgerAccounts = new Table<>();
    private final Table<LedgerEntry> ledgerEntries = new Table<>();
    private final Table<LedgerLine> ledgerLines = new Table<>();
    private final Table<FiscalYear> fiscalYears = new Table<>();
    private final Table<Category> categories = new Table<>();
    private final Table<CategoryGroup> categoryGroups = new Table<>();
    private final Table<SepaMandate> sepaMandates = new Table<>();
    private final Table<GocardlessMandate> gocardlessMandates = new Table<>();
    private final Table<ProAccountMandate> proAccountMandates = new Table<>();
    private final Table<MandateMigration> mandateMigrations = new Table<>();
    private final Table<PurchaseRequest> purchaseRequests = new Table<>();
    private final Table<PaRegistration> paRegistrations = new Table<>();
    private final Table<Numbering> numberings = new Table<>();
    private final Table<WebhookSubscription> webhookSubscriptions = new Table<>();
    private final Table<Export> exports = new Table<>();
    private final Map<Feed, FeedLog> feeds = new EnumMap<>(Feed.class);

    public Books(Profile profile) {
        this.profile = profile;
        for (Feed feed : Feed.values()) {
            feeds.put(feed, new FeedLog());
        }
    }

    public <T> T read(java.util.function.Supplier<T> reading) {
        lock.readLock().lock();
        try {
            return reading.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    public <T> T change(java.util.function.Supplier<T> changing) {
        lock.writeLock().lock();
        try {
            changes++;
            return changing.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** How often the books were changed. */
    public long changes() {
        return changes;
    }

    public FeedLog feed(Feed feed) {
        return feeds.get(feed);
    }

    public Profile profile() {
        return profile;
    }

    public long companyId() {
        return profile.id();
    }

    public Table<Customer> customers() {
        return customers;
    }

    public Table<Supplier> suppliers() {
        return suppliers;
    }

    public Table<Product> products() {
        return products;
    }

    public Table<CustomerInvoice> customerInvoices() {
        return customerInvoices;
    }

    public Table<SupplierInvoice> supplierInvoices() {
        return supplierInvoices;
    }

    public Table<Quote> quotes() {
        return quotes;
    }

    public Table<CommercialDocument> commercialDocuments() {
        return commercialDocuments;
    }

    public Table<Subscription> subscriptions() {
        return subscriptions;
    }

    public Table<InvoiceTemplate> templates() {
        return templates;
    }

    public Table<BankTransaction> transactions() {
        return transactions;
    }

    public Table<BankAccount> bankAccounts() {
        return bankAccounts;
    }

    public Table<BankEstablishment> bankEstablishments() {
        return bankEstablishments;
    }

    public Table<Journal> journals() {
        return journals;
    }

    public Table<LedgerAccount> ledgerAccounts() {
        return ledgerAccounts;
    }

    public Table<LedgerEntry> ledgerEntries() {
        return ledgerEntries;
    }

    public Table<LedgerLine> ledgerLines() {
        return ledgerLines;
    }

    public Table<FiscalYear> fiscalYears() {
        return fiscalYears;
    }

    public Table<Category> categories() {
        return categories;
    }

    public Table<CategoryGroup> categoryGroups() {
        return categoryGroups;
    }

    public Table<SepaMandate> sepaMandates() {
        return sepaMandates;
    }

    public Table<GocardlessMandate> gocardlessMandates() {
        return gocardlessMandates;
    }

    public Table<ProAccountMandate> proAccountMandates() {
        return proAccountMandates;
    }

    public Table<MandateMigration> mandateMigrations() {
        return mandateMigrations;
    }

    public Table<PurchaseRequest> purchaseRequests() {
        return purchaseRequests;
    }

    public Table<PaRegistration> paRegistrations() {
        return paRegistrations;
    }

    public Table<Numbering> numberings() {
        return numberings;
    }

    public Table<WebhookSubscription> webhookSubscriptions() {
        return webhookSubscriptions;
    }

    public Table<Export> exports() {
        return exports;
    }
}
