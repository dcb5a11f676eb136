package fr.pennylanesync.audit;

import java.util.List;

/**
 * The comparison of one part.
 *
 * @param part such as a month; empty: the whole stream
 * @param sourceRows as the source counts them
 * @param differing rows that both have, with different contents
 * @param missing rows that only the source has
 * @param surplus rows that only the warehouse has
 * @param note why it was skipped, or what else there is to know; ids and counts only
 */
public record AuditResult(AuditKind kind, long companyId, String stream, String part, AuditOutcome outcome,
        long sourceRows, long warehouseRows,
        long differing, long missing, long surplus, String note) {

    /** Says how a comparison ended. */
    public enum AuditOutcome { EQUAL, DIFFERENT, REPAIRED, SKIPPED }

    static AuditResult skipped(AuditKind kind, long companyId, String stream, String why) {
        return new AuditResult(kind, companyId, stream, "", AuditOutcome.SKIPPED, 0, 0, 0, 0, 0, why);
    }

    public AuditResult as(AuditOutcome other) {
        return new AuditResult(kind, companyId, stream, part, other, sourceRows, warehouseRows, differing, missing,
                surplus, note);
    }

    /** Tells whether any part is not as the source has it. */
    public static boolean anyDifferent(List<AuditResult> results) {
        return results.stream().anyMatch(result -> result.outcome() == AuditOutcome.DIFFERENT);
    }
}
