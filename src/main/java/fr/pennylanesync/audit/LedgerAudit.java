package fr.pennylanesync.audit;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.state.DatePeriod;
import fr.pennylanesync.landing.state.LandedYears;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds the landed ledger lines against a source that only a request to Pennylane brings, company by company and fiscal
 * year by fiscal year. A fault ends the audit of its own company only, whatever it is.
 */
abstract class LedgerAudit implements Audit {

    static final String LINES = "ledger_entry_lines";
    private static final int READINGS_MAX = 3;

    private final AuditKind kind;
    private final String scope;
    private final Set<String> needed;
    private final JdbcClient jdbc;
    private final AuditLog log;
    private final Reader reader;

    /**
     * @param scope which a token needs for the source
     * @param needed the streams that are compared, or name what is
     */
    LedgerAudit(AuditKind kind, String scope, Set<String> needed, JdbcClient jdbc, AuditLog log, Reader reader) {
        this.kind = kind;
        this.scope = scope;
        this.needed = Set.copyOf(needed);
        this.jdbc = jdbc;
        this.log = log;
        this.reader = reader;
    }

    @Override
    public final List<AuditResult> run(Collection<Long> companies, Collection<StreamDefinition> streams,
            boolean repair) {
        if (streams.stream().map(StreamDefinition::name).noneMatch(LINES::equals)) {
            return List.of();
        }
        List<AuditResult> all = new ArrayList<>();
        for (long company : companies) {
            List<AuditResult> results = audited(company, repair);
            log.add(results);
            all.addAll(results);
        }
        return all;
    }

    private List<AuditResult> audited(long company, boolean repair) {
        try {
            return new BooksFindings(jdbc).complete(company).containsAll(needed) ? audit(company, repair)
                    : List.of(AuditResult.skipped(kind, company, LINES,
                            "not all of these are complete: " + String.join(", ", new TreeSet<>(needed))));
        } catch (RuntimeException fault) {
            return List.of(fault instanceof SyncException refused && refused.is(ApiErrorCode.SCOPE_MISSING)
                    ? AuditResult.skipped(kind, company, LINES, "the token lacks the scope " + scope)
                    : AuditResult.failed(kind, company, LINES, fault));
        }
    }

    private List<AuditResult> audit(long company, boolean repair) {
        reader.refresh(company, List.of(LINES));
        Map<DatePeriod, List<AuditResult>> years = new LinkedHashMap<>();
        new LandedYears(jdbc).of(company).forEach(year -> years.put(year, compare(company, year)));
        if (repair && years.values().stream().anyMatch(AuditResult::anyDifferent)) {
            reader.sweep(company, List.of(LINES));
            years.replaceAll((year, found) -> AuditResult.anyDifferent(found) ? repaired(company, year, found) : found);
        }
        return years.values().stream().flatMap(List::stream).toList();
    }

    private List<AuditResult> repaired(long company, DatePeriod year, List<AuditResult> found) {
        Set<String> still = compare(company, year).stream().filter(LedgerAudit::differs).map(AuditResult::part)
                .collect(Collectors.toSet());
        return found.stream().map(result -> differs(result) && !still.contains(result.part())
                ? result.as(AuditOutcome.REPAIRED)
                : result).toList();
    }

    static boolean differs(AuditResult result) {
        return result.outcome() == AuditOutcome.DIFFERENT;
    }

    /** Compares a fiscal year, in as many parts as the source has for it. */
    abstract List<AuditResult> compare(long company, DatePeriod year);

    /** The books may change while both sides are read: as long as something new landed a difference means nothing. */
    final AuditResult settled(long company, Supplier<AuditResult> comparison) {
        for (int reading = 1;; reading++) {
            long before = newestChange(company);
            AuditResult result = comparison.get();
            if (!differs(result) || reading == READINGS_MAX) {
                return result;
            }
            reader.refresh(company, List.of(LINES));
            if (newestChange(company) == before) {
                return result;
            }
        }
    }

    /** Returns the newest batch that changed a line of the ledger; 0 if there is none. */
    private long newestChange(long company) {
        return jdbc.sql("select coalesce(max(id), 0) from pennylane_sync.batch where company_id = ?"
                + " and stream = 'ledger_entry_lines' and (changed_count > 0 or cardinality(deleted_ids) > 0)")
                .param(company).query(Long.class).single();
    }
}
