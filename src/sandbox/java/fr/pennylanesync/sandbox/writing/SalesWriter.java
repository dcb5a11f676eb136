package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.EInvoicing;
import fr.pennylanesync.sandbox.books.HeaderField;
import fr.pennylanesync.sandbox.books.InvoiceOrigin;
import fr.pennylanesync.sandbox.books.Sale;
import fr.pennylanesync.sandbox.books.Settlement;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.Totals;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes customer invoices and credit notes, not yet settled nor booked. The first ones cover every kind. */
final class SalesWriter {

    /** What sets an invoice apart. */
    private enum Trait {
        PLAIN, LONG, CREDIT_NOTE, DRAFT, FOREIGN, ARCHIVED, SAME_CUSTOMER, DISCOUNTED
    }

    private static final List<Trait> FIRST = List.of(Trait.PLAIN, Trait.LONG, Trait.CREDIT_NOTE, Trait.DRAFT,
            Trait.FOREIGN, Trait.ARCHIVED, Trait.PLAIN, Trait.SAME_CUSTOMER, Trait.DISCOUNTED, Trait.PLAIN);
    private static final List<String> STATES = List.of("sent", "submitted", "accepted", "approved", "collected",
            "in_dispute", "refused");

    private final GeneratorContext context;
    private final Books books;
    private final SeededRandom random;
    private final SaleWriter saleWriter;
    private final List<CustomerInvoice> written = new ArrayList<>();

    private SalesWriter(GeneratorContext context, Books books) {
        this.context = context;
        this.books = books;
        this.random = context.dice("sales");
        this.saleWriter = new SaleWriter(context, books, "sale lines");
    }

    static List<CustomerInvoice> write(GeneratorContext context, Books books) {
        SalesWriter writer = new SalesWriter(context, books);
        for (int i = 0; i < context.scale().customerInvoices(); i++) {
            writer.written.add(writer.invoice(i));
        }
        return writer.written;
    }

    private Trait trait(int index) {
        if (index < FIRST.size()) {
            return FIRST.get(index);
        }
        int drawn = random.below(5 * Trait.values().length);
        return drawn < Trait.values().length ? Trait.values()[drawn] : Trait.PLAIN;
    }

    private CustomerInvoice invoice(int index) {
        Trait trait = trait(index);
        LocalDate day = context.almanac().spread(index, context.scale().customerInvoices(), random);
        Stamps stamps = context.almanac().stamps(day, random);
        boolean draft = trait == Trait.DRAFT;
        boolean credit = trait == Trait.CREDIT_NOTE;
        Sale sale = saleWriter.write(order(trait, index, day, stamps));
        return new CustomerInvoice(context.ids().customerInvoices().next(), stamps, sale, draft, 0,
                origin(credit), draft ? null : eInvoicing(), random.chance(30)
                        ? random.pick(List.of("pending", "valid", "invalid"))
                        : null,
                headerFields(index, stamps),
                CategoryWriter.allocate(books, random, 40, stamps), Settlement.unpaid(sale.totals()));
    }

    private SaleOrder order(Trait trait, int index, LocalDate day, Stamps stamps) {
        boolean draft = trait == Trait.DRAFT;
        boolean foreign = trait == Trait.FOREIGN;
        BigDecimal rate = foreign ? BigDecimal.valueOf(random.between(850_000, 980_000), 6) : BigDecimal.ONE;
        int lines = trait == Trait.LONG ? 21 + random.below(10) : 1 + random.below(4);
        String number = draft ? ""
                : String.format(Locale.ROOT, "%s%d-%05d", trait == Trait.CREDIT_NOTE ? "AV" : "F", day.getYear(), index
                        + 1);
        return new SaleOrder(number, draft ? null : day, stamps, foreign ? random.pick(List.of("USD", "GBP", "CHF"))
                : Totals.EURO, rate, lines, customer(trait), trait == Trait.CREDIT_NOTE, trait == Trait.DISCOUNTED,
                trait == Trait.ARCHIVED ? stamps.updatedMicros() : 0);
    }

    private long customer(Trait trait) {
        boolean follows = (trait == Trait.SAME_CUSTOMER || trait == Trait.CREDIT_NOTE) && !written.isEmpty();
        return follows ? written.get(written.size() - 1).sale().customerId()
                : books.customers()
                        .get(random.below(books.customers().size())).id();
    }

    private InvoiceOrigin origin(boolean credit) {
        if (credit && !written.isEmpty()) {
            return new InvoiceOrigin(0, written.get(written.size() - 1).id(), 0, 0);
        }
        long subscription =
                random.chance(15) ? books.subscriptions().get(random.below(books.subscriptions().size())).id()
                        : 0;
        long quote = random.chance(15) ? books.quotes().get(random.below(books.quotes().size())).id() : 0;
        long template = random.chance(40) ? books.templates().get(random.below(books.templates().size())).id() : 0;
        return new InvoiceOrigin(subscription, 0, template, quote);
    }

    private EInvoicing eInvoicing() {
        if (random.chance(50)) {
            return null;
        }
        String state = random.pick(STATES);
        return new EInvoicing(state, state.equals("refused") ? "Montant erroné" : null,
                random.chance(80) ? random.uuid()
                        .toString() : null,
                false, null);
    }

    private List<HeaderField> headerFields(int index, Stamps stamps) {
        return index == 0 || random.chance(25)
                ? List.of(new HeaderField(context.ids().of("custom_header_fields").next(), stamps, "Votre référence",
                        "BC-"
                                + random.digits(5),
                        1))
                : List.of();
    }
}
