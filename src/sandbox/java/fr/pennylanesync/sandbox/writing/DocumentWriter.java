package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.CommercialDocument;
import fr.pennylanesync.sandbox.books.Quote;
import fr.pennylanesync.sandbox.books.Recurrence;
import fr.pennylanesync.sandbox.books.Sale;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.Subscription;
import fr.pennylanesync.sandbox.books.Totals;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** Writes quotes, commercial documents and billing subscriptions. */
final class DocumentWriter {

    private static final List<String> QUOTE_STATUSES = List.of("accepted", "pending", "invoiced", "denied", "expired");
    private static final List<String> DOCUMENT_TYPES = List.of("proforma", "shipping_order", "purchasing_order");
    private static final List<String> SUBSCRIPTION_STATUSES =
            List.of("in_progress", "stopped", "draft", "finished", "not_started");

    private final GeneratorContext context;
    private final Books books;
    private final SeededRandom random;
    private final SaleWriter sales;

    private DocumentWriter(GeneratorContext context, Books books) {
        this.context = context;
        this.books = books;
        this.random = context.dice("documents");
        this.sales = new SaleWriter(context, books, "document lines");
    }

    static void write(GeneratorContext context, Books books) {
        DocumentWriter writer = new DocumentWriter(context, books);
        for (int i = 0; i < context.scale().quotes(); i++) {
            books.quotes().add(writer.quote(i));
        }
        for (int i = 0; i < context.scale().commercialDocuments(); i++) {
            books.commercialDocuments().add(writer.document(i));
        }
        for (int i = 0; i < context.scale().subscriptions(); i++) {
            books.subscriptions().add(writer.subscription(i));
        }
    }

    private Quote quote(int index) {
        LocalDate date = context.almanac().spread(index, context.scale().quotes(), random);
        Stamps stamps = context.almanac().stamps(date, random);
        Sale sale = sales
                .write(order(String.format(Locale.ROOT, "D-%d-%05d", date.getYear(), index + 1), date, stamps, index,
                        index % 5 == 4));
        return new Quote(context.ids().of("quotes").next(), stamps, sale,
                QUOTE_STATUSES.get(index % QUOTE_STATUSES.size()), random.chance(50) ? template() : 0);
    }

    private CommercialDocument document(int index) {
        LocalDate date = context.almanac().spread(index, context.scale().commercialDocuments(), random);
        Stamps stamps = context.almanac().stamps(date, random);
        Sale sale = sales.write(
                order(String.format(Locale.ROOT, "PF-%d-%05d", date.getYear(), index + 1), date, stamps, index, false));
        long quote = index % 2 == 0 ? books.quotes().get(random.below(books.quotes().size())).id() : 0;
        return new CommercialDocument(context.ids().of("commercial_documents").next(), stamps, sale,
                DOCUMENT_TYPES.get(index % 3), quote, random.chance(50) ? template() : 0);
    }

    private Subscription subscription(int index) {
        LocalDate start = context.almanac().spread(index, context.scale().subscriptions(), random);
        Stamps stamps = context.almanac().stamps(start, random);
        String status = SUBSCRIPTION_STATUSES.get(index % SUBSCRIPTION_STATUSES.size());
        boolean running = status.equals("in_progress");
        boolean monthly = index % 2 == 0;
        return new Subscription(context.ids().of("billing_subscriptions").next(), stamps, context.prose()
                .label("Abonnement de maintenance"), status,
                index % 3 == 0 ? "finalized"
                        : index % 3 == 1 ? "email"
                                : "awaiting_validation",
                start, status.equals("finished") ? start.plusYears(1) : null, running
                        ? context.almanac().end().withDayOfMonth(1)
                        : null,
                running ? context.almanac().end().withDayOfMonth(1)
                        .plusMonths(1) : null,
                status.equals("draft") ? 0 : stamps.createdMicros(), status.equals("stopped")
                        ? stamps.updatedMicros()
                        : 0,
                index % 4 == 3 ? null : "30_days", index % 3 == 1
                        ? "gocardless_direct_debit"
                        : "offline",
                context.prose().email("abonnements@client.example"),
                new Recurrence(monthly ? "monthly" : "yearly", 1, monthly ? 1 : null, index % 3 == 2 ? 12 : null),
                random.chance(60) ? template() : 0, sales.write(order("", start, stamps, index, false)));
    }

    private SaleOrder order(String number, LocalDate date, Stamps stamps, int index, boolean archived) {
        return new SaleOrder(number, date, stamps, Totals.EURO, BigDecimal.ONE, index == 0 ? 6 : 1 + random.below(6),
                books.customers().get(random.below(books.customers().size())).id(), false, random.chance(15),
                archived ? stamps.updatedMicros() : 0);
    }

    private long template() {
        return books.templates().get(random.below(books.templates().size())).id();
    }
}
