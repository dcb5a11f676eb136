package fr.pennylanesync.audit;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Holds the landed ledger lines against a source that only a request to Pennylane brings, company by company. A fault
 * ends the audit of its own company only, whatever it is.
 */
abstract class LedgerAudit implements Audit {

    static final String LINES = "ledger_entry_lines";

    private final AuditKind kind;
    private final String scope;
    private final AuditLog log;

    /** @param scope which a token needs for the source */
    LedgerAudit(AuditKind kind, String scope, AuditLog log) {
        this.kind = kind;
        this.scope = scope;
        this.log = log;
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
            return audit(company, repair);
        } catch (RuntimeException fault) {
            return List.of(fault instanceof SyncException refused && refused.is(ApiErrorCode.SCOPE_MISSING)
                    ? AuditResult.skipped(kind, company, LINES, "the token lacks the scope " + scope)
                    : AuditResult.failed(kind, company, LINES, fault));
        }
    }

    abstract List<AuditResult> audit(long company, boolean repair);
}
