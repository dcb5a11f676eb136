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

    private final Desk desk;
    private final Books books;
    private final Chart chart;
    private final Dice dice;
    private final Folk folk;

    private ThirdPartyWriter(Desk desk, Books books, Chart chart) {
        this.desk = desk;
        this.books = books;
        this.chart = chart;
        this.dice = desk.dice("third parties");
        this.folk = new Folk(dice);
    }

    static void write(Desk desk, Books books, Chart chart) {
        ThirdPartyWriter writer = new ThirdPartyWriter(desk, books, chart);
        for (int i = 0; i < desk.scale().customers(); i++) {
            books.customers().add(writer.customer(i));
        }
        for (int i = 0; i < desk.scale().suppliers(); i++) {
            books.suppliers().add(writer.supplier(i));
        }
        for (int i = 0; i < desk.scale().products(); i++) {
            books.products().add(writer.product(i));
        }
    }

    private Customer customer(int index) {
        boolean person = index % 4 == 3;
        PersonName personName = person ? folk.person() : null;
        String plain = person ? personName.full() : folk.business();
        String name = desk.prose().name(plain);
        Stamps stamps = desk.almanac().stamps(desk.almanac().spread(index, desk.scale().customers(), dice), dice);
        Address address = index % 9 == 4 ? folk.abroad() : folk.address();
        CompanyNumbers numbers = person ? CompanyNumbers.NONE : OfficialNumbers.company(dice);
        PersonName shown = person ? new PersonName(personName.first(), desk.prose().name(personName.last())) : null;
        return new Customer(desk.ids().of("customers").next(), stamps, name, shown, numbers, desk.prose()
                .name(folk.person().full()), folk.phone(), index % 3 == 0 ? null : desk.prose()
                .iban(OfficialNumbers.iban(dice)), dice.pick(CONDITIONS), dice.chance(50) ? "REF-" + dice.digits(4)
                : null, dice.chance(30) ? desk.prose().label("À rappeler avant l'échéance") : null, index % 11 == 10 ? 0
                : chart.openThirdParty("411", name), index % 5 == 2 ? List.of() : desk.prose()
                .emails(folk.email("compta", plain), folk.email("contact", plain)), address, address, dice.uuid()
                .toString(), index % 9 == 4 ? "en_GB" : "fr_FR", contacts(index, plain, stamps),
                CategoryWriter.allocate(books, dice, 35, stamps));
    }

    private List<Contact> contacts(int customer, String business, Stamps stamps) {
        int count = customer == 0 ? 2 : dice.below(3);
        return IntStream.range(0, count).mapToObj(i -> {
            PersonName person = folk.person();
            return new Contact(desk.ids().of("contacts").next(), stamps, person.first(), desk.prose()
                    .name(person.last()), dice.pick(Words.ROLES), desk.prose()
                    .email(folk.email(person.full(), business)), folk.phone(), folk.phone());
        }).toList();
    }

    private Supplier supplier(int index) {
        String plain = index == 0 ? "Office Dépôt" : folk.business();
        String name = desk.prose().name(plain);
        Stamps stamps = desk.almanac().stamps(desk.almanac().spread(index, desk.scale().suppliers(), dice), dice);
        return new Supplier(desk.ids().of("suppliers").next(), stamps, name, OfficialNumbers.company(dice),
                chart.openThirdParty("401", name), desk.prose().emails(folk.email("facturation", plain)),
                desk.prose().iban(OfficialNumbers.iban(dice)), folk.address(), index % 5 == 4 ? null
                : dice.pick(METHODS), index % 5 == 4 ? null : 30, index % 5 == 4 ? null : "days", dice.uuid()
                .toString(), CategoryWriter.allocate(books, dice, 35, stamps));
    }

    private Product product(int index) {
        boolean goods = index % 2 == 0;
        Stamps stamps = desk.almanac().stamps(desk.almanac().spread(index, desk.scale().products(), dice), dice);
        BigDecimal price = index % 7 == 5 ? BigDecimal.valueOf(dice.between(1_000, 99_999), 4)
                : BigDecimal.valueOf(dice.between(500, 180_000), 2);
        return new Product(desk.ids().of("products").next(), stamps, desk.prose()
                .label(dice.pick(goods ? Words.GOODS : Words.SERVICES)), dice.chance(70) ? desk.prose()
                .label("Tarif en vigueur, hors frais d'envoi") : "", dice.uuid().toString(), price,
                dice.pick(List.of(VatRate.FR_200, VatRate.FR_200, VatRate.FR_200, VatRate.FR_100, VatRate.FR_55)),
                dice.pick(Words.UNITS), dice.chance(60) ? "P-" + dice.digits(5) : null,
                chart.account(goods ? "707" : "706"), index % 6 == 5 ? stamps.updatedMicros() : 0, dice.chance(80)
                ? goods ? "goods" : "services" : null);
    }
}
