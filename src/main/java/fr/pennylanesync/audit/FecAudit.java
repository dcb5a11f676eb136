package fr.pennylanesync.audit;

import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.landing.state.DatePeriod;
import fr.pennylanesync.landing.state.LandedYears;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds the landed ledger lines against the file of accounting entries that Pennylane exports for each fiscal year. The
 * file has no ids: both are multisets of journal, date, account, debit and credit. Lines without a date are in no file.
 */
public final class FecAudit extends LedgerAudit {

    private final JdbcClient jdbc;
    private final Reader reader;

    public FecAudit(JdbcClient jdbc, AuditLog log, Reader reader) {
        super(AuditKind.FEC, "exports:fec", Set.of(LINES, "journals", LandedYears.STREAM), jdbc, log, reader);
        this.jdbc = jdbc;
        this.reader = reader;
    }

    @Override
    List<AuditResult> compare(long company, DatePeriod year) {
        return List.of(settled(company, () -> read(company, year)));
    }

    private AuditResult read(long company, DatePeriod year) {
        FecExport export = new FecExport(company, year);
        reader.read(export);
        Map<FecLine, Integer> surplus = new HashMap<>();
        long[] rows = new long[2];
        Path file = reader.fetch(export.link());
        try {
            FecParser.read(file, line -> {
                rows[0]++;
                surplus.merge(line, 1, FecAudit::sumOrNone);
            });
        } finally {
            delete(file);
        }
        year.months().forEach(month -> here(company, month, line -> {
            rows[1]++;
            surplus.merge(line, -1, FecAudit::sumOrNone);
        }));
        return result(company, year, rows[0], rows[1], surplus);
    }

    /** Keeps nothing of a line that is as often here as there. */
    private static Integer sumOrNone(Integer one, Integer other) {
        return one + other == 0 ? null : Integer.valueOf(one + other);
    }

    private static AuditResult result(long company, DatePeriod year, long there, long here,
            Map<FecLine, Integer> surplus) {
        long missing = surplus.values().stream().filter(count -> count > 0).mapToLong(count -> count).sum();
        long tooMuch = surplus.values().stream().filter(count -> count < 0).mapToLong(count -> -count).sum();
        String months =
                surplus.keySet().stream().map(line -> line.date().toString().substring(0, 7)).distinct().sorted()
                        .collect(Collectors.joining(", "));
        return new AuditResult(AuditKind.FEC, company, LINES, year.toString(),
                surplus.isEmpty() ? AuditOutcome.EQUAL : AuditOutcome.DIFFERENT, there, here, 0, missing, tooMuch,
                months.isEmpty() ? "" : "months " + months);
    }

    private void here(long company, DatePeriod month, Consumer<FecLine> lines) {
        jdbc.sql("""
                select coalesce(j.code, ''), l.date, coalesce(l.ledger_account_number, ''), coalesce(l.debit, 0),
                    coalesce(l.credit, 0)
                from pennylane.ledger_entry_lines l
                left join pennylane.journals j on j.company_id = l.company_id and j.id = l.journal_id
                where l.company_id = ? and l.deleted_at is null and l.date between ? and ?""")
                .params(company, month.first(), month.last())
                .query(row -> {
                    lines.accept(new FecLine(row.getString(1).strip(), row.getObject(2, LocalDate.class),
                            row.getString(3).strip(), row.getBigDecimal(4), row.getBigDecimal(5)));
                });
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
