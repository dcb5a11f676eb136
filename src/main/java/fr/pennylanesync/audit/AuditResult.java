package fr.pennylanesync.audit;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.failure.UnexpectedFailure;
import fr.pennylanesync.landing.LandingFailures;
import java.util.List;
import org.springframework.dao.DataAccessException;

/**
 * The comparison of one part.
 *
 * @param part such as a month; empty: the whole stream
 * @param sourceRows as the source counts them
 * @param differing rows that both have, with different contents
 * @param missing rows that only the source has
 * @param surplus rows that only the warehouse has
 * @param note why it was skipped, with which code it failed, or what else there is to know; ids and counts only
 */
public record AuditResult(AuditKind kind, long companyId, String stream, String part, AuditOutcome outcome,
        long sourceRows, long warehouseRows,
        long differing, long missing, long surplus, String note) {

    /** Says how a comparison ended; stale is what the source has changed since it was read. */
    public enum AuditOutcome {
        EQUAL, DIFFERENT, REPAIRED, SKIPPED, FAILED, STALE
    }

    static AuditResult skipped(AuditKind kind, long companyId, String stream, String why) {
        return new AuditResult(kind, companyId, stream, "", AuditOutcome.SKIPPED, 0, 0, 0, 0, 0, why);
    }

    /** The audit came to no result: the note begins with the fault's code, and holds no data. */
    static AuditResult failed(AuditKind kind, long companyId, String stream, RuntimeException fault) {
        SyncException why = fault instanceof DataAccessException refused ? LandingFailures.of(refused)
                : UnexpectedFailure.of(fault);
        return new AuditResult(kind, companyId, stream, "", AuditOutcome.FAILED, 0, 0, 0, 0, 0, why.getMessage());
    }

    public AuditResult as(AuditOutcome other) {
        return new AuditResult(kind, companyId, stream, part, other, sourceRows, warehouseRows, differing, missing,
                surplus, note);
    }

    AuditResult noting(String more) {
        return new AuditResult(kind, companyId, stream, part, outcome, sourceRows, warehouseRows, differing, missing,
                surplus, note.isEmpty() ? more : note + "; " + more);
    }

    /** Tells whether any part is not as the source has it. */
    public static boolean anyDifferent(List<AuditResult> results) {
        return any(results, AuditOutcome.DIFFERENT);
    }

    /** Tells whether reading again would bring anything. */
    static boolean anyToRead(List<AuditResult> results) {
        return anyDifferent(results) || any(results, AuditOutcome.STALE);
    }

    /** Tells whether anything is left to do: a part that is not as the source has it, or that nobody could compare. */
    public static boolean anyAmiss(List<AuditResult> results) {
        return anyDifferent(results) || any(results, AuditOutcome.FAILED);
    }

    private static boolean any(List<AuditResult> results, AuditOutcome outcome) {
        return results.stream().anyMatch(result -> result.outcome() == outcome);
    }
}
