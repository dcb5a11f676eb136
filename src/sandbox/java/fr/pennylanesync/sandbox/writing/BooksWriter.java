package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.CompanyNumbers;
import fr.pennylanesync.sandbox.books.PersonName;
import fr.pennylanesync.sandbox.books.Profile;

/** Writes the books of a company from the seed. */
public final class BooksWriter {

    private BooksWriter() {}

    /** Writes one company. */
    public static Books write(GeneratorContext context) {
        Books books = new Books(profile(context));
        CategoryWriter.write(context, books);
        Chart chart = new Chart(context);
        SettingsWriter.write(context, books, chart);
        ThirdPartyWriter.write(context, books, chart);
        DocumentWriter.write(context, books);
        InvoiceDrafts invoices = new InvoiceDrafts(SalesWriter.write(context, books),
                PurchaseWriter.write(context, books, chart));
        LedgerWriter.write(context, books, chart, invoices, BankWriter.write(context, books, chart, invoices));
        books.ledgerAccounts().addAll(chart.accounts());
        books.customerInvoices().addAll(invoices.sales());
        books.supplierInvoices().addAll(invoices.purchases());
        MandateWriter.write(context, books);
        return books;
    }

    private static Profile profile(GeneratorContext context) {
        SeededRandom random = context.dice("profile");
        FakePeople people = new FakePeople(random);
        CompanyNumbers numbers = OfficialNumbers.company(random);
        String name = people.business();
        PersonName owner = people.person();
        long id = 51_000 + context.company() * 137L + random.below(100);
        boolean proAccount = context.company() % 3 != 2;
        return new Profile(id, name, FakePeople.slug(name) + "-" + (context.company() + 1), numbers,
                context.company() % 3 == 1
                        ? null
                        : owner,
                context.prose().email(people.email(owner.full(), name)), proAccount, "engagement",
                context.almanac().end());
    }
}
