package fr.pennylanesync.sandbox.api;

import static fr.pennylanesync.sandbox.api.FilterOperator.COMPARISONS;
import static fr.pennylanesync.sandbox.api.FilterOperator.COMPARISONS_AND_LISTS;
import static fr.pennylanesync.sandbox.api.FilterOperator.EQ;
import static fr.pennylanesync.sandbox.api.FilterOperator.EQUALITY_AND_LISTS;
import static fr.pennylanesync.sandbox.api.FilterOperator.IN;
import static fr.pennylanesync.sandbox.api.FilterOperator.START_WITH;
import static fr.pennylanesync.sandbox.api.ValueType.BOOLEAN;
import static fr.pennylanesync.sandbox.api.ValueType.DATE;
import static fr.pennylanesync.sandbox.api.ValueType.INTEGER;
import static fr.pennylanesync.sandbox.api.ValueType.TEXT;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.FiscalYear;
import fr.pennylanesync.sandbox.books.Journal;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.LedgerLine;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** The ledger: journals, accounts, entries, lines, fiscal years. */
final class LedgerResources {

    private LedgerResources() {}

    static List<Resource<?>> all() {
        return List.of(journals(), accounts(), entries(), lines(), fiscalYears());
    }

    private static Resource<Journal> journals() {
        Shape<Journal> shape = Shape.<Journal>sortable().filter("type", TEXT, EQUALITY_AND_LISTS, Journal::type);
        return Resource.of("journals", SandboxScopes.of("journals"), Books::journals, LedgerJson::journal, shape)
                .withOne()
                .model("Journal");
    }

    private static Resource<LedgerAccount> accounts() {
        Shape<LedgerAccount> shape = Shape.<LedgerAccount>sortable().upTo(Shape.LARGE_LIMIT).filterId()
                .filter("number", TEXT, EnumSet.of(START_WITH, EQ, IN), LedgerAccount::number)
                .filter("enabled", BOOLEAN, FilterOperator.EQUAL, LedgerAccount::enabled);
        return Resource
                .of("ledger_accounts", SandboxScopes.of("ledger_accounts"), Books::ledgerAccounts, LedgerJson::account,
                        shape)
                .withOne()
                .model("LedgerAccount");
    }

    private static Resource<LedgerEntry> entries() {
        Shape<LedgerEntry> shape = Shape.<LedgerEntry>sortable().sort("date", entry -> Sort.day(entry.date()))
                .filterId().filter("date", DATE, COMPARISONS, LedgerEntry::date)
                .filter("journal_id", INTEGER, COMPARISONS_AND_LISTS, LedgerEntry::journalId);
        Shape<LedgerLine> lineShape = Shape.<LedgerLine>sortable()
                .filter("ledger_account_id", INTEGER, COMPARISONS_AND_LISTS, LedgerLine::accountId);
        return Resource
                .of("ledger_entries", SandboxScopes.of("ledger_entries"), Books::ledgerEntries, LedgerJson::entry,
                        shape)
                .withOne(LedgerJson::entryWithLines).model("LedgerEntry")
                .child("ledger_entry_lines", (entry, books) -> lines(books, entry.lineIds()),
                        LedgerJson::lineUnderEntry, lineShape);
    }

    private static Resource<LedgerLine> lines() {
        Shape<LedgerLine> shape = Shape.<LedgerLine>sortable().sort("date", LedgerLine::day).filterId()
                .filter("journal_id", INTEGER, COMPARISONS_AND_LISTS, LedgerLine::journalId)
                .filter("ledger_account_id", INTEGER, COMPARISONS_AND_LISTS, LedgerLine::accountId)
                .filter("date", DATE, COMPARISONS_AND_LISTS, LedgerLine::date);
        return Resource
                .of("ledger_entry_lines", SandboxScopes.of("ledger_entries"), Books::ledgerLines, LedgerJson::line,
                        shape)
                .withOne()
                .model("LedgerEntryLine")
                .child("categories", (line, books) -> line.categories(), ThirdPartyJson::allocation, Shape.sortable())
                .child("lettered_ledger_entry_lines", (line, books) -> lines(books, line.lettered()), LedgerJson::line,
                        Shape.<LedgerLine>sortable().sort("date", LedgerLine::day));
    }

    private static Resource<FiscalYear> fiscalYears() {
        return Resource.of("fiscal_years", SandboxScopes.of("fiscal_years"), Books::fiscalYears, LedgerJson::fiscalYear,
                Shape.<FiscalYear>sortable().sort("start", year -> Sort.day(year.start())));
    }

    private static List<LedgerLine> lines(Books books, long[] ids) {
        return Nullable.found(books.ledgerLines(), Arrays.stream(ids).boxed().toList());
    }
}
