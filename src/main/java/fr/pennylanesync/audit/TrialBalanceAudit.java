package fr.pennylanesync.audit;

import fr.pennylanesync.audit.AccountTotals.Totals;
import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.landing.state.DatePeriod;
import fr.pennylanesync.landing.state.LandedYears;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds the sums of the landed ledger lines against the trial balance that Pennylane computes by itself, to the cent:
 * for each fiscal year once account by account and once with the third parties folded into their root accounts. The two
 * views are never added up. A year that differs is narrowed down to months.
 */
public final class TrialBalanceAudit extends LedgerAudit {

    private static final int NAMED_MAX = 20;

    private final JdbcClient jdbc;
    private final Reader reader;

    public TrialBalanceAudit(JdbcClient jdbc, AuditLog log, Reader reader) {
        super(AuditKind.TRIAL_BALANCE, "trial_balance", Set.of(LINES, LandedYears.STREAM), jdbc, log, reader);
        this.jdbc = jdbc;
        this.reader = reader;
    }

    @Override
    List<AuditResult> compare(long company, DatePeriod year) {
        AuditResult byAccount = compare(company, year, true);
        List<AuditResult> results = new ArrayList<>(List.of(byAccount, compare(company, year, false)));
        if (differs(byAccount)) {
            year.months().stream().map(month -> compare(company, month, true)).filter(LedgerAudit::differs)
                    .forEach(results::add);
        }
        return results;
    }

    private AuditResult compare(long company, DatePeriod period, boolean auxiliary) {
        return settled(company, () -> read(company, period, auxiliary));
    }

    private AuditResult read(long company, DatePeriod period, boolean auxiliary) {
        TrialBalanceRead there = new TrialBalanceRead(company, period, auxiliary);
        reader.read(there);
        AccountTotals here = here(company, period);
        AccountTotals ours = auxiliary ? here : here.foldedInto(there.totals());
        return result(company, period, auxiliary, there.totals().size(), ours.size(), ours.differing(there.totals()));
    }

    private AccountTotals here(long company, DatePeriod period) {
        AccountTotals totals = new AccountTotals();
        jdbc.sql("""
                select coalesce(ledger_account_number, ''), sum(coalesce(debit, 0)), sum(coalesce(credit, 0))
                from pennylane.ledger_entry_lines
                where company_id = ? and deleted_at is null and date between ? and ? group by 1""")
                .params(company, period.first(), period.last())
                .query(row -> {
                    totals.add(row.getString(1), new Totals(row.getBigDecimal(2), row.getBigDecimal(3)));
                });
        return totals;
    }

    /** Names ids of accounts: the number of a third party's account may tell who it is. */
    private AuditResult result(long company, DatePeriod period, boolean auxiliary, long there, long here,
            Set<String> differing) {
        Set<Long> ids = new HashSet<>();
        if (!differing.isEmpty()) {
            ids.addAll(jdbc.sql("""
                    select distinct ledger_account_id from pennylane.ledger_entry_lines where company_id = ?
                    and ledger_account_number = any(?::text[]) and ledger_account_id is not null""")
                    .params(company, differing.toArray(String[]::new)).query(Long.class).list());
        }
        String named = ids.stream().sorted().limit(NAMED_MAX).map(String::valueOf).collect(Collectors.joining(", "));
        return new AuditResult(AuditKind.TRIAL_BALANCE, company, LINES,
                period + (auxiliary ? " by account" : " by root account"),
                differing.isEmpty() ? AuditOutcome.EQUAL : AuditOutcome.DIFFERENT, there, here, differing.size(), 0, 0,
                named.isEmpty() ? "" : "ledger accounts " + named);
    }
}
