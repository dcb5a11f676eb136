package fr.pennylanesync.audit;

import fr.pennylanesync.landing.state.LandedYears;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The fiscal years of a company, as they were landed, and whether its ledger changed since somebody looked. */
final class FiscalYears {

    private final JdbcClient jdbc;

    FiscalYears(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Period> of(long companyId) {
        return new LandedYears(jdbc).of(companyId).stream().map(year -> new Period(year.first(), year.last())).toList();
    }

    /** The newest batch that changed a line of the ledger; 0 if there is none. */
    long newestLedgerChange(long companyId) {
        return jdbc.sql("select coalesce(max(id), 0) from pennylane_sync.batch where company_id = ?"
                + " and stream = 'ledger_entry_lines' and (changed_count > 0 or cardinality(deleted_ids) > 0)")
                .param(companyId).query(Long.class).single();
    }
}
