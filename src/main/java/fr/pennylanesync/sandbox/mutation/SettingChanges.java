package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.FiscalYear;
import fr.pennylanesync.sandbox.books.InvoiceTemplate;
import fr.pennylanesync.sandbox.books.Journal;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What happens to journals, accounts, fiscal years and templates, none of which has a feed. */
final class SettingChanges {

    private static final int FOUNDING_JOURNALS = 7;
    private static final int MOST_YEARS = 12;
    private static final List<String> YEAR_STATUSES = List.of("open", "closed", "frozen");

    private SettingChanges() {}

    static boolean insertJournal(Pen pen) {
        pen.insert(Streams.JOURNALS, new Journal(pen.nextId("journals"), "J" + pen.dice().digits(4),
                pen.label("Journal annexe"), "miscellaneous"));
        return true;
    }

    static boolean relabelJournal(Pen pen) {
        pen.update(Streams.JOURNALS, pen.any(Streams.JOURNALS).withLabel(pen.label("Journal " + pen.dice().digits(3))));
        return true;
    }

    /** Removes a journal opened by a mutation: nothing is booked in those. */
    static boolean removeJournal(Pen pen) {
        Books books = pen.books();
        if (books.journals().size() <= FOUNDING_JOURNALS) {
            return false;
        }
        pen.remove(Streams.JOURNALS, books.journals().get(books.journals().size() - 1));
        return true;
    }

    static boolean insertAccount(Pen pen) {
        Accounts.open(pen, "471", pen.label("Compte d'attente"), false);
        return true;
    }

    static boolean relabelAccount(Pen pen) {
        LedgerAccount account = pen.any(Streams.LEDGER_ACCOUNTS);
        pen.update(Streams.LEDGER_ACCOUNTS, account.withLabel(pen.label("Compte " + account.number()),
                pen.updated(account.stamps())));
        return true;
    }

    static boolean switchAccount(Pen pen) {
        LedgerAccount account = pen.any(Streams.LEDGER_ACCOUNTS);
        pen.update(Streams.LEDGER_ACCOUNTS, account.withEnabled(!account.enabled(), pen.updated(account.stamps())));
        return true;
    }

    static boolean insertYear(Pen pen) {
        var years = pen.books().fiscalYears();
        if (years.size() >= MOST_YEARS) {
            return false;
        }
        LocalDate start = years.rows().stream().map(FiscalYear::finish).max(LocalDate::compareTo).orElseThrow()
                .plusDays(1);
        pen.insert(Streams.FISCAL_YEARS, new FiscalYear(pen.nextId("fiscal_years"), pen.created(), start,
                start.plusYears(1).minusDays(1), "open"));
        return true;
    }

    static boolean closeYear(Pen pen) {
        FiscalYear year = pen.any(Streams.FISCAL_YEARS);
        pen.update(Streams.FISCAL_YEARS, year.withStatus(pen.dice().pick(YEAR_STATUSES), pen.updated(year.stamps())));
        return true;
    }

    static boolean insertTemplate(Pen pen) {
        pen.insert(Streams.TEMPLATES, new InvoiceTemplate(pen.nextId("customer_invoice_templates"), pen.created(),
                pen.label("Modèle saisonnier")));
        return true;
    }

    static boolean renameTemplate(Pen pen) {
        InvoiceTemplate template = pen.any(Streams.TEMPLATES);
        pen.update(Streams.TEMPLATES, template.withName(pen.label("Modèle " + pen.dice().digits(2)),
                pen.updated(template.stamps())));
        return true;
    }

    static boolean removeTemplate(Pen pen) {
        Optional<InvoiceTemplate> found = pen.books().templates().size() < 2 ? Optional.empty()
                : pen.pick(Streams.TEMPLATES, template -> true);
        found.ifPresent(template -> pen.remove(Streams.TEMPLATES, template));
        return found.isPresent();
    }
}
