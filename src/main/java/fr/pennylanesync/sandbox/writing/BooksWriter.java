package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.CompanyNumbers;
import fr.pennylanesync.sandbox.books.PersonName;
import fr.pennylanesync.sandbox.books.Profile;

/** Writes the books of a company from the seed. */
public final class BooksWriter {

    private BooksWriter() {}

    /** Writes one company. */
    public static Books write(Desk desk) {
        Books books = new Books(profile(desk));
        CategoryWriter.write(desk, books);
        Chart chart = new Chart(desk);
        SettingsWriter.write(desk, books, chart);
        ThirdPartyWriter.write(desk, books, chart);
        DocumentWriter.write(desk, books);
        InvoiceDrafts invoices = new InvoiceDrafts(SalesWriter.write(desk, books),
                PurchaseWriter.write(desk, books, chart));
        LedgerWriter.write(desk, books, chart, invoices, BankWriter.write(desk, books, chart, invoices));
        books.ledgerAccounts().addAll(chart.accounts());
        books.customerInvoices().addAll(invoices.sales());
        books.supplierInvoices().addAll(invoices.purchases());
        MandateWriter.write(desk, books);
        return books;
    }

    private static Profile profile(Desk desk) {
        Dice dice = desk.dice("profile");
        Folk folk = new Folk(dice);
        CompanyNumbers numbers = OfficialNumbers.company(dice);
        String name = folk.business();
        PersonName owner = folk.person();
        long id = 51_000 + desk.company() * 137L + dice.below(100);
        boolean proAccount = desk.company() % 3 != 2;
        return new Profile(id, name, Folk.slug(name) + "-" + (desk.company() + 1), numbers, desk.company() % 3 == 1
                ? null : owner, desk.prose().email(folk.email(owner.full(), name)), proAccount, "engagement",
                desk.almanac().end());
    }
}
