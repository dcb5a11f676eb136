package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.BankEstablishment;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.FiscalYear;
import fr.pennylanesync.sandbox.books.InvoiceTemplate;
import fr.pennylanesync.sandbox.books.Journal;
import fr.pennylanesync.sandbox.books.Numbering;
import fr.pennylanesync.sandbox.books.PaRegistration;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.WebhookSubscription;
import java.time.LocalDate;
import java.util.List;

/** Writes what a company sets up once: journals, fiscal years, banks, templates, numberings, registrations. */
final class SettingsWriter {

    static final List<String> JOURNALS = List.of("VT|Ventes|sales", "HA|Achats|purchases", "BQ1|Banque principale|bank",
            "BQ2|Compte Pro|bank", "OD|Opérations diverses|miscellaneous", "PA|Paie|payroll", "AN|À-nouveaux|opening");
    private static final List<String> NUMBERINGS = List.of("invoice|F-", "estimate|D-", "proforma|PF-",
            "shipping_order|BL-", "purchasing_order|");

    private SettingsWriter() {}

    static void write(GeneratorContext context, Books books, Chart chart) {
        SeededRandom random = context.dice("settings");
        Stamps stamps = context.almanac().stamps(context.almanac().start(), random);
        writeJournals(context, books);
        writeFiscalYears(context, books, stamps);
        for (String bank : Words.BANKS.subList(0, 2)) {
            books.bankEstablishments().add(new BankEstablishment(context.ids().of("bank_establishments").next(), stamps,
                    context.prose().name(bank)));
        }
        for (String name : List.of("Modèle standard", "Modèle export", "Épuré")) {
            books.templates().add(new InvoiceTemplate(context.ids().of("customer_invoice_templates").next(), stamps,
                    context.prose().label(name)));
        }
        for (String line : NUMBERINGS) {
            String prefix = line.substring(line.indexOf('|') + 1);
            books.numberings().add(new Numbering(context.ids().of("numberings").next(),
                    line.substring(0, line.indexOf('|')), prefix.isEmpty() ? null : prefix,
                    random.between(10, 90_000)));
        }
        writeRegistrations(context, books, stamps);
    }

    private static void writeJournals(GeneratorContext context, Books books) {
        for (String line : JOURNALS) {
            String[] parts = line.split("\\|");
            books.journals()
                    .add(new Journal(context.ids().of("journals").next(), parts[0], context.prose().label(parts[1]),
                            parts[2]));
        }
    }

    private static void writeFiscalYears(GeneratorContext context, Books books, Stamps stamps) {
        List<String> statuses = List.of("frozen", "closed", "open");
        for (int year = 0; year < statuses.size(); year++) {
            LocalDate start = context.almanac().start().plusYears(year);
            books.fiscalYears().add(new FiscalYear(context.ids().of("fiscal_years").next(), stamps, start,
                    start.plusYears(1).minusDays(1), statuses.get(year)));
        }
    }

    private static void writeRegistrations(GeneratorContext context, Books books, Stamps stamps) {
        var numbers = books.profile().numbers();
        books.paRegistrations().add(new PaRegistration(context.ids().of("pa_registrations").next(), stamps,
                numbers.siret(), numbers.siren(), "activated", "emission_and_reception"));
        books.paRegistrations().add(new PaRegistration(context.ids().of("pa_registrations").next(), stamps, null,
                numbers.siren(), "pending", "reception"));
        books.webhookSubscriptions()
                .add(new WebhookSubscription(context.ids().of("webhook_subscriptions").next(), stamps,
                        "https://hooks.example/pennylane", List.of("dms_file.created"), false, stamps.updatedMicros(),
                        "repeated_failure", 503, 12));
    }
}
