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

    static boolean insertJournal(BooksEditor editor) {
        editor.insert(Streams.JOURNALS, new Journal(editor.nextId("journals"), "J" + editor.dice().digits(4),
                editor.label("Journal annexe"), "miscellaneous"));
        return true;
    }

    static boolean relabelJournal(BooksEditor editor) {
        editor.update(Streams.JOURNALS,
                editor.any(Streams.JOURNALS).withLabel(editor.label("Journal " + editor.dice().digits(3))));
        return true;
    }

    /** Removes a journal opened by a mutation: nothing is booked in those. */
    static boolean removeJournal(BooksEditor editor) {
        Books books = editor.books();
        if (books.journals().size() <= FOUNDING_JOURNALS) {
            return false;
        }
        editor.remove(Streams.JOURNALS, books.journals().get(books.journals().size() - 1));
        return true;
    }

    static boolean insertAccount(BooksEditor editor) {
        Accounts.open(editor, "471", editor.label("Compte d'attente"), false);
        return true;
    }

    static boolean relabelAccount(BooksEditor editor) {
        LedgerAccount account = editor.any(Streams.LEDGER_ACCOUNTS);
        editor.update(Streams.LEDGER_ACCOUNTS, account.withLabel(editor.label("Compte " + account.number()),
                editor.updated(account.stamps())));
        return true;
    }

    static boolean switchAccount(BooksEditor editor) {
        LedgerAccount account = editor.any(Streams.LEDGER_ACCOUNTS);
        editor.update(Streams.LEDGER_ACCOUNTS,
                account.withEnabled(!account.enabled(), editor.updated(account.stamps())));
        return true;
    }

    static boolean insertYear(BooksEditor editor) {
        var years = editor.books().fiscalYears();
        if (years.size() >= MOST_YEARS) {
            return false;
        }
        LocalDate start = years.rows().stream().map(FiscalYear::finish).max(LocalDate::compareTo).orElseThrow()
                .plusDays(1);
        editor.insert(Streams.FISCAL_YEARS, new FiscalYear(editor.nextId("fiscal_years"), editor.created(), start,
                start.plusYears(1).minusDays(1), "open"));
        return true;
    }

    static boolean closeYear(BooksEditor editor) {
        FiscalYear year = editor.any(Streams.FISCAL_YEARS);
        editor.update(Streams.FISCAL_YEARS,
                year.withStatus(editor.dice().pick(YEAR_STATUSES), editor.updated(year.stamps())));
        return true;
    }

    static boolean insertTemplate(BooksEditor editor) {
        editor.insert(Streams.TEMPLATES,
                new InvoiceTemplate(editor.nextId("customer_invoice_templates"), editor.created(),
                        editor.label("Modèle saisonnier")));
        return true;
    }

    static boolean renameTemplate(BooksEditor editor) {
        InvoiceTemplate template = editor.any(Streams.TEMPLATES);
        editor.update(Streams.TEMPLATES, template.withName(editor.label("Modèle " + editor.dice().digits(2)),
                editor.updated(template.stamps())));
        return true;
    }

    static boolean removeTemplate(BooksEditor editor) {
        Optional<InvoiceTemplate> found = editor.books().templates().size() < 2 ? Optional.empty()
                : editor.pick(Streams.TEMPLATES, template -> true);
        found.ifPresent(template -> editor.remove(Streams.TEMPLATES, template));
        return found.isPresent();
    }
}
