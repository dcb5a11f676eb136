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

/** Writes customer invoices and credit notes, not yet settled nor booked. The first ones cover every kind. */
final class SalesWriter {

    /** What sets an invoice apart. */
    private enum Trait { PLAIN, LONG, CREDIT_NOTE, DRAFT, FOREIGN, ARCHIVED, SAME_CUSTOMER, DISCOUNTED }

    private static final List<Trait> FIRST = List.of(Trait.PLAIN, Trait.LONG, Trait.CREDIT_NOTE, Trait.DRAFT,
            Trait.FOREIGN, Trait.ARCHIVED, Trait.PLAIN, Trait.SAME_CUSTOMER, Trait.DISCOUNTED, Trait.PLAIN);
    private static final List<String> STATES = List.of("sent", "submitted", "accepted", "approved", "collected",
            "in_dispute", "refused");

    private final Desk desk;
    private final Books books;
    private final Dice dice;
    private final SaleWriter saleWriter;
    private final List<CustomerInvoice> written = new ArrayList<>();

    private SalesWriter(Desk desk, Books books) {
        this.desk = desk;
        this.books = books;
        this.dice = desk.dice("sales");
        this.saleWriter = new SaleWriter(desk, books, "sale lines");
    }

    static List<CustomerInvoice> write(Desk desk, Books books) {
        SalesWriter writer = new SalesWriter(desk, books);
        for (int i = 0; i < desk.scale().customerInvoices(); i++) {
            writer.written.add(writer.invoice(i));
        }
        return writer.written;
    }

    private Trait trait(int index) {
        if (index < FIRST.size()) {
            return FIRST.get(index);
        }
        int drawn = dice.below(5 * Trait.values().length);
        return drawn < Trait.values().length ? Trait.values()[drawn] : Trait.PLAIN;
    }

    private CustomerInvoice invoice(int index) {
        Trait trait = trait(index);
        LocalDate day = desk.almanac().spread(index, desk.scale().customerInvoices(), dice);
        Stamps stamps = desk.almanac().stamps(day, dice);
        boolean draft = trait == Trait.DRAFT;
        boolean credit = trait == Trait.CREDIT_NOTE;
        Sale sale = saleWriter.write(order(trait, index, day, stamps));
        return new CustomerInvoice(desk.ids().customerInvoices().next(), stamps, sale, draft, 0,
                origin(credit), draft ? null : eInvoicing(), dice.chance(30)
                ? dice.pick(List.of("pending", "valid", "invalid")) : null, headerFields(index, stamps),
                CategoryWriter.allocate(books, dice, 40, stamps), Settlement.unpaid(sale.totals()));
    }

    private SaleOrder order(Trait trait, int index, LocalDate day, Stamps stamps) {
        boolean draft = trait == Trait.DRAFT;
        boolean foreign = trait == Trait.FOREIGN;
        BigDecimal rate = foreign ? BigDecimal.valueOf(dice.between(850_000, 980_000), 6) : BigDecimal.ONE;
        int lines = trait == Trait.LONG ? 21 + dice.below(10) : 1 + dice.below(4);
        String number = draft ? "" : "%s%d-%05d".formatted(trait == Trait.CREDIT_NOTE ? "AV" : "F", day.getYear(), index
                + 1);
        return new SaleOrder(number, draft ? null : day, stamps, foreign ? dice.pick(List.of("USD", "GBP", "CHF"))
                : Totals.EURO, rate, lines, customer(trait), trait == Trait.CREDIT_NOTE, trait == Trait.DISCOUNTED,
                trait == Trait.ARCHIVED ? stamps.updatedMicros() : 0);
    }

    private long customer(Trait trait) {
        boolean follows = (trait == Trait.SAME_CUSTOMER || trait == Trait.CREDIT_NOTE) && !written.isEmpty();
        return follows ? written.get(written.size() - 1).sale().customerId() : books.customers()
                .get(dice.below(books.customers().size())).id();
    }

    private InvoiceOrigin origin(boolean credit) {
        if (credit && !written.isEmpty()) {
            return new InvoiceOrigin(0, written.get(written.size() - 1).id(), 0, 0);
        }
        long subscription = dice.chance(15) ? books.subscriptions().get(dice.below(books.subscriptions().size())).id()
                : 0;
        long quote = dice.chance(15) ? books.quotes().get(dice.below(books.quotes().size())).id() : 0;
        long template = dice.chance(40) ? books.templates().get(dice.below(books.templates().size())).id() : 0;
        return new InvoiceOrigin(subscription, 0, template, quote);
    }

    private EInvoicing eInvoicing() {
        if (dice.chance(50)) {
            return null;
        }
        String state = dice.pick(STATES);
        return new EInvoicing(state, state.equals("refused") ? "Montant erroné" : null, dice.chance(80) ? dice.uuid()
                .toString() : null, false, null);
    }

    private List<HeaderField> headerFields(int index, Stamps stamps) {
        return index == 0 || dice.chance(25)
                ? List.of(new HeaderField(desk.ids().of("custom_header_fields").next(), stamps, "Votre référence", "BC-"
                + dice.digits(5), 1))
                : List.of();
    }
}
