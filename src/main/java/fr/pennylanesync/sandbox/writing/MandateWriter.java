package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.GocardlessMandate;
import fr.pennylanesync.sandbox.books.MandateMigration;
import fr.pennylanesync.sandbox.books.ProAccountMandate;
import fr.pennylanesync.sandbox.books.SepaMandate;
import fr.pennylanesync.sandbox.books.Stamps;
import java.time.LocalDate;
import java.util.List;

/** Writes direct debit mandates of the three kinds, and their migrations. */
final class MandateWriter {

    private static final List<String> SEQUENCES = List.of("RCUR", "FRST", "OOFF", "FNAL");
    private static final List<String> GOCARDLESS_STATUSES =
            List.of("active", "pending_submission", "cancelled", "expired");

    private MandateWriter() {}

    static void write(Desk desk, Books books) {
        Dice dice = desk.dice("mandates");
        int count = desk.scale().mandates();
        for (int i = 0; i < count; i++) {
            LocalDate day = desk.almanac().spread(i, count, dice);
            Stamps stamps = desk.almanac().stamps(day, dice);
            long customer = books.customers().get(dice.below(books.customers().size())).id();
            SepaMandate sepa = new SepaMandate(desk.ids().of("sepa_mandates").next(), stamps, i % 3 == 2 ? null
                    : dice.pick(Words.BANKS), "BDRVFRPP" + dice.digits(3), desk.prose()
                    .iban(OfficialNumbers.iban(dice)), SEQUENCES.get(i % 4), day, "RUM-" + dice.digits(8), customer);
            books.sepaMandates().add(sepa);
            books.gocardlessMandates().add(new GocardlessMandate(desk.ids().of("gocardless_mandates").next(), stamps,
                    i % 3 == 1 ? null : "MD" + dice.digits(10), i % 5 == 4 ? 0 : customer,
                    GOCARDLESS_STATUSES.get(i % 4), "BA" + dice.digits(10), dice.chance(70) ? desk.prose()
                    .label("Compte courant") : null));
            books.proAccountMandates().add(new ProAccountMandate(desk.ids().of("pro_account_mandates").next(), stamps,
                    i % 2 == 0 ? "enabled" : "pending", i % 2 == 0, i % 3 == 0, i % 2 == 0 ? day : null, i % 4 == 3 ? 0
                    : customer));
            books.mandateMigrations().add(migration(desk, stamps, sepa, i));
        }
    }

    private static MandateMigration migration(Desk desk, Stamps stamps, SepaMandate mandate, int index) {
        boolean completed = index % 2 == 1;
        return new MandateMigration(desk.ids().of("mandate_migrations").next(), stamps, completed ? "completed"
                : "available", "XML", mandate.id(), "SepaMandate", stamps.createdMicros(), completed
                ? stamps.updatedMicros() : 0, completed ? stamps.updatedMicros() : 0, null, mandate.customerId());
    }
}
