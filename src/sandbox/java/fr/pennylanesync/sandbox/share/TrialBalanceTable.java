package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.FiscalYear;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.LedgerLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** trial_balance: sums per fiscal year and account; those of third parties are added up in their root, 401 and 411. */
record TrialBalanceTable() implements SharedTable {

    private static final String ANY_RATE = "any";

    @Override
    public String name() {
        return "trial_balance";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        long key = 0;
        for (FiscalYear year : books.years()) {
            for (Total total : totals(books, year).values()) {
                write(books, year, total, line);
                line.end(++key);
            }
        }
    }

    private static void write(CopiedBooks books, FiscalYear year, Total total, CopyLine line) {
        line.number(books.companyId()).text(books.companyName()).id(total.grouped ? 0 : total.account.id())
                .text(total.number).text(total.grouped ? ANY_RATE : total.account.vatRate()).text("FR")
                .text(total.account.label()).flag(total.account.enabled()).cents(total.debits).cents(total.credits)
                .cents(total.debits - total.credits).number(total.events).number(0).date(year.start())
                .date(year.finish()).moment(total.updatedMicros);
    }

    private static Map<String, Total> totals(CopiedBooks books, FiscalYear year) {
        Map<Long, LedgerAccount> accounts = new HashMap<>();
        Map<String, LedgerAccount> roots = new HashMap<>();
        books.accounts().forEach(account -> {
            accounts.put(account.id(), account);
            roots.putIfAbsent(account.number(), account);
        });
        Map<String, Total> totals = new TreeMap<>();
        long first = year.start().toEpochDay();
        long last = year.finish().toEpochDay();
        List<LedgerLine> lines = books.lines();
        for (LedgerLine row : lines) {
            if (row.day() >= first && row.day() <= last) {
                LedgerAccount account = accounts.get(row.accountId());
                boolean grouped = account.rootNumber().equals("401") || account.rootNumber().equals("411");
                String number = grouped ? account.rootNumber() : account.number();
                totals.computeIfAbsent(grouped ? number : number + " " + account.id(),
                        ignored -> new Total(number, grouped ? roots.getOrDefault(number, account) : account, grouped))
                        .add(row);
            }
        }
        return totals;
    }

    /** The sums of one account in one year, in cents. */
    private static final class Total {

        private final String number;
        private final LedgerAccount account;
        private final boolean grouped;
        private long debits;
        private long credits;
        private long events;
        private long updatedMicros;

        Total(String number, LedgerAccount account, boolean grouped) {
            this.number = number;
            this.account = account;
            this.grouped = grouped;
        }

        void add(LedgerLine row) {
            debits += row.debit();
            credits += row.credit();
            events++;
            updatedMicros = Math.max(updatedMicros, row.updatedMicros());
        }
    }
}
