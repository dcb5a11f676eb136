package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.BankAccount;
import fr.pennylanesync.sandbox.books.BankTransaction;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.CardHolder;
import fr.pennylanesync.sandbox.books.MatchedInvoice;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.Totals;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Writes bank accounts and their transactions, and settles the invoices they pay. */
final class BankWriter {

    /** A movement that pays no invoice: its wording, its account, its sign, and whether a card made it. */
    private record Habit(String label, String account, int sign, boolean card) {}

    private static final List<Habit> HABITS = List.of(new Habit("FRAIS BANCAIRES", "627", -1, false),
            new Habit("CB RESTAURANT L'ÉCUME", "6251", -1, true), new Habit("PRLV URSSAF", "431", -1, false),
            new Habit("VIR SALAIRES", "421", -1, false), new Habit("PRLV DGFIP TVA", "44551", -1, false),
            new Habit("CB AMZN PAYMENTS", "606", -1, true), new Habit("VIR APPORT ASSOCIÉ", "455", 1, false),
            new Habit("REMBT ASSURANCE", "758", 1, false));

    private final GeneratorContext context;
    private final Books books;
    private final InvoiceDrafts invoices;
    private final SeededRandom random;
    private final Settler settler;
    private final long[] accountIds = new long[2];
    private final long[] balances = new long[2];

    private BankWriter(GeneratorContext context, Books books, InvoiceDrafts invoices) {
        this.context = context;
        this.books = books;
        this.invoices = invoices;
        this.random = context.dice("bank");
        this.settler = new Settler(context, invoices);
    }

    static List<BankMovement> write(GeneratorContext context, Books books, Chart chart, InvoiceDrafts invoices) {
        BankWriter writer = new BankWriter(context, books, invoices);
        for (int i = 0; i < 2; i++) {
            writer.accountIds[i] = context.ids().of("bank_accounts").next();
            writer.balances[i] = 1_500_000;
        }
        List<BankMovement> movements = writer.movements();
        movements.forEach(movement -> books.transactions().add(movement.transaction()));
        for (int i = 0; i < 2; i++) {
            books.bankAccounts().add(writer.account(i, chart));
        }
        return movements;
    }

    private List<BankMovement> movements() {
        List<PaymentPlan.PaymentStep> steps = new ArrayList<>(PaymentPlan.of(context, invoices));
        int others = Math.max(10, context.scale().transactions() - steps.size());
        for (int i = 0; i < others; i++) {
            steps.add(new PaymentPlan.PaymentStep(context.almanac().spread(i, others, random), List.of()));
        }
        steps.sort(Comparator.comparing(PaymentPlan.PaymentStep::date));
        List<BankMovement> movements = new ArrayList<>(steps.size());
        int other = 0;
        for (PaymentPlan.PaymentStep step : steps) {
            movements.add(step.shares().isEmpty() ? sundry(step.date(), other++) : payment(step));
        }
        return movements;
    }

    private BankMovement payment(PaymentPlan.PaymentStep step) {
        InvoiceShare first = step.shares().get(0);
        int sign = first.customer() ? 1 : -1;
        long amount = sign * step.shares().stream().mapToLong(InvoiceShare::euroCents).sum();
        long currencyAmount = sign * step.shares().stream().mapToLong(InvoiceShare::currencyCents).sum();
        Stamps stamps = context.almanac().stamps(step.date(), random);
        long customer = first.customer() ? invoices.sales().get(first.index()).sale().customerId() : 0;
        long supplier = first.customer() ? 0 : invoices.purchases().get(first.index()).supplierId();
        balances[0] += amount;
        BankTransaction transaction = new BankTransaction(context.ids().of("transactions").next(), stamps,
                context.prose().label("VIR SEPA " + step.shares().stream().map(settler::number)
                        .collect(Collectors.joining(" "))),
                step.date(), 0, settler.currency(first), currencyAmount, amount, 0,
                0, false, journal(0), accountIds[0], null, customer, supplier, "B1D", step.shares().stream()
                        .map(settler::matched).toList(),
                CategoryWriter.allocate(books, random, 20, stamps));
        step.shares().forEach(share -> settler.settle(share, transaction));
        return new BankMovement(transaction, step.shares(), null);
    }

    private BankMovement sundry(LocalDate date, int index) {
        Habit habit = HABITS.get(index < HABITS.size() ? index : random.below(HABITS.size()));
        boolean archived = index % 10 == 9;
        long fee = habit.card() && random.chance(40) ? random.between(10, 300) : 0;
        long amount = habit.sign() * (random.between(500, 180_000) + fee);
        int account = habit.card() ? 1 : 0;
        balances[account] += archived ? 0 : amount;
        Stamps stamps = context.almanac().stamps(date, random);
        List<Allocation> categories = CategoryWriter.allocate(books, random, 30, stamps);
        BankTransaction transaction = new BankTransaction(context.ids().of("transactions").next(), stamps,
                index % 12 == 11 ? null : context.prose().label(habit.label()), date, archived ? stamps.updatedMicros()
                        : 0,
                index % 14 == 13 ? null : Totals.EURO, amount, amount, fee, index % 3 == 0 ? amount : 0,
                habit.card(), journal(account), accountIds[account], habit.card() ? cardHolder(index) : null, 0, 0,
                index % 2 == 0 ? null : "A05", List.<MatchedInvoice>of(), categories);
        return new BankMovement(transaction, List.of(), habit.account());
    }

    private CardHolder cardHolder(int index) {
        return new CardHolder(700 + random.below(40), index % 5 == 0 ? null : new FakePeople(random).person(),
                "513213XXXXXX"
                        + random.digits(4));
    }

    private long journal(int account) {
        return books.journals().get(2 + account).id();
    }

    private BankAccount account(int index, Chart chart) {
        Stamps stamps = context.almanac().stamps(context.almanac().start(), random);
        return new BankAccount(accountIds[index], stamps, context.prose()
                .name(index == 0 ? "Compte principal" : "Compte Pro"), Totals.EURO, balances[index],
                books.bankEstablishments().get(index).id(), journal(index),
                chart.account(index == 0 ? "512001" : "512002"));
    }
}
