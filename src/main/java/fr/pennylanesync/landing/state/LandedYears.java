package fr.pennylanesync.landing.state;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The fiscal years of a company, as they were landed. */
public final class LandedYears {

    public static final String STREAM = "fiscal_years";

    private final JdbcClient jdbc;

    public LandedYears(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The fiscal years, oldest first. */
    public List<DatePeriod> of(long companyId) {
        return jdbc.sql("""
                select distinct start, finish from pennylane.fiscal_years where company_id = ? and deleted_at is null
                and start <= finish order by start, finish""").param(companyId)
                .query((row, n) -> new DatePeriod(row.getObject(1, LocalDate.class),
                        row.getObject(2, LocalDate.class)))
                .list();
    }
}
