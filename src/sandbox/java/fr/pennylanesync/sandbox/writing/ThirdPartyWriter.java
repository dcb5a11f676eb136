package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Address;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.CompanyNumbers;
import fr.pennylanesync.sandbox.books.Contact;
import fr.pennylanesync.sandbox.books.Customer;
import fr.pennylanesync.sandbox.books.PersonName;
import fr.pennylanesync.sandbox.books.Product;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.Supplier;
import fr.pennylanesync.sandbox.books.VatRate;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/** Writes customers with their contacts, suppliers and products. */
final class ThirdPartyWriter {

    private static final List<String> CONDITIONS = List.of("upon_receipt", "custom", "7_days", "15_days", "30_days",
            "30_days_end_of_month", "45_days", "45_days_end_of_month", "60_days");
    private static final List<String> METHODS = List.of("automatic_transfer", "manual_transfer", "automatic_debiting",
            "card", "check");

    private final GeneratorContext context;
    private final Books books;
    private final Chart chart;
    private final SeededRandom random;
    private final FakePeople people;

    private ThirdPartyWriter(GeneratorContext context, Books books, Chart chart) {
        this.context = context;
        this.books = books;
        this.chart = chart;
        this.random = context.dice("third parties");
        this.people = new FakePeople(random);
    }

    static void write(GeneratorContext context, Books books, Chart chart) {
        ThirdPartyWriter writer = new ThirdPartyWriter(context, books, chart);
        for (int i = 0; i < context.scale().customers(); i++) {
            books.customers().add(writer.customer(i));
        }
        for (int i = 0; i < context.scale().suppliers(); i++) {
            books.suppliers().add(writer.supplier(i));
        }
        for (int i = 0; i < context.scale().products(); i++) {
            books.products().add(writer.product(i));
        }
    }

    private Customer customer(int index) {
        boolean person = index % 4 == 3;
        PersonName personName = person ? people.person() : null;
        String plain = person ? personName.full() : people.business();
        String name = context.prose().name(plain);
        Stamps stamps =
                context.almanac().stamps(context.almanac().spread(index, context.scale().customers(), random), random);
        Address address = index % 9 == 4 ? people.abroad() : people.address();
        CompanyNumbers numbers = person ? CompanyNumbers.NONE : OfficialNumbers.company(random);
        PersonName shown = person ? new PersonName(personName.first(), context.prose().name(personName.last())) : null;
        return new Customer(context.ids().of("customers").next(), stamps, name, shown, numbers, context.prose()
                .name(people.person().full()), people.phone(),
                index % 3 == 0 ? null
                        : context.prose()
                                .iban(OfficialNumbers.iban(random)),
                random.pick(CONDITIONS), random.chance(50) ? "REF-" + random.digits(4)
                        : null,
                random.chance(30) ? context.prose().label("À rappeler avant l'échéance") : null, index % 11 == 10 ? 0
                        : chart.openThirdParty("411", name),
                index % 5 == 2 ? List.of()
                        : context.prose()
                                .emails(people.email("compta", plain), people.email("contact", plain)),
                address, address, random.uuid()
                        .toString(),
                index % 9 == 4 ? "en_GB" : "fr_FR", contacts(index, plain, stamps),
                CategoryWriter.allocate(books, random, 35, stamps));
    }

    private List<Contact> contacts(int customer, String business, Stamps stamps) {
        int count = customer == 0 ? 2 : random.below(3);
        return IntStream.range(0, count).mapToObj(i -> {
            PersonName person = people.person();
            return new Contact(context.ids().of("contacts").next(), stamps, person.first(), context.prose()
                    .name(person.last()), random.pick(Words.ROLES),
                    context.prose()
                            .email(people.email(person.full(), business)),
                    people.phone(), people.phone());
        }).toList();
    }

    private Supplier supplier(int index) {
        String plain = index == 0 ? "Office Dépôt" : people.business();
        String name = context.prose().name(plain);
        Stamps stamps =
                context.almanac().stamps(context.almanac().spread(index, context.scale().suppliers(), random), random);
        return new Supplier(context.ids().of("suppliers").next(), stamps, name, OfficialNumbers.company(random),
                chart.openThirdParty("401", name), context.prose().emails(people.email("facturation", plain)),
                context.prose().iban(OfficialNumbers.iban(random)), people.address(), index % 5 == 4 ? null
                        : random.pick(METHODS),
                index % 5 == 4 ? null : 30, index % 5 == 4 ? null : "days", random.uuid()
                        .toString(),
                CategoryWriter.allocate(books, random, 35, stamps));
    }

    private Product product(int index) {
        boolean goods = index % 2 == 0;
        Stamps stamps =
                context.almanac().stamps(context.almanac().spread(index, context.scale().products(), random), random);
        BigDecimal price = index % 7 == 5 ? BigDecimal.valueOf(random.between(1_000, 99_999), 4)
                : BigDecimal.valueOf(random.between(500, 180_000), 2);
        return new Product(context.ids().of("products").next(), stamps, context.prose()
                .label(random.pick(goods ? Words.GOODS : Words.SERVICES)),
                random.chance(70) ? context.prose()
                        .label("Tarif en vigueur, hors frais d'envoi") : "",
                random.uuid().toString(), price,
                random.pick(List.of(VatRate.FR_200, VatRate.FR_200, VatRate.FR_200, VatRate.FR_100, VatRate.FR_55)),
                random.pick(Words.UNITS), random.chance(60) ? "P-" + random.digits(5) : null,
                chart.account(goods ? "707" : "706"), index % 6 == 5 ? stamps.updatedMicros() : 0, random.chance(80)
                        ? goods ? "goods" : "services"
                        : null);
    }
}
