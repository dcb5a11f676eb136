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

    static void write(GeneratorContext context, Books books) {
        SeededRandom random = context.dice("mandates");
        int count = context.scale().mandates();
        for (int i = 0; i < count; i++) {
            LocalDate day = context.almanac().spread(i, count, random);
            Stamps stamps = context.almanac().stamps(day, random);
            long customer = books.customers().get(random.below(books.customers().size())).id();
            SepaMandate sepa = new SepaMandate(context.ids().of("sepa_mandates").next(), stamps, i % 3 == 2 ? null
                    : random.pick(Words.BANKS), "BDRVFRPP" + random.digits(3),
                    context.prose()
                            .iban(OfficialNumbers.iban(random)),
                    SEQUENCES.get(i % 4), day, "RUM-" + random.digits(8), customer);
            books.sepaMandates().add(sepa);
            books.gocardlessMandates().add(new GocardlessMandate(context.ids().of("gocardless_mandates").next(), stamps,
                    i % 3 == 1 ? null : "MD" + random.digits(10), i % 5 == 4 ? 0 : customer,
                    GOCARDLESS_STATUSES.get(i % 4), "BA" + random.digits(10), random.chance(70) ? context.prose()
                            .label("Compte courant") : null));
            books.proAccountMandates()
                    .add(new ProAccountMandate(context.ids().of("pro_account_mandates").next(), stamps,
                            i % 2 == 0 ? "enabled" : "pending", i % 2 == 0, i % 3 == 0, i % 2 == 0 ? day : null,
                            i % 4 == 3 ? 0
                                    : customer));
            books.mandateMigrations().add(migration(context, stamps, sepa, i));
        }
    }

    private static MandateMigration migration(GeneratorContext context, Stamps stamps, SepaMandate mandate, int index) {
        boolean completed = index % 2 == 1;
        return new MandateMigration(context.ids().of("mandate_migrations").next(), stamps, completed ? "completed"
                : "available", "XML", mandate.id(), "SepaMandate", stamps.createdMicros(),
                completed
                        ? stamps.updatedMicros()
                        : 0,
                completed ? stamps.updatedMicros() : 0, null, mandate.customerId());
    }
}
