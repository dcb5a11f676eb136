package fr.pennylanesync.audit;

import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.history.SharePasses;
import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.landing.state.ShareNotes;
import fr.pennylanesync.landing.state.ShareNotes.IdMatch;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds digests by month of the data sharing against the same digests of the warehouse; only a month that differs is
 * looked at row by row. Neither side sends more than hashes.
 */
public final class ShareAudit implements Audit {

    /** Reads months of a stream again from the share, and what is due of it from the API. */
    public interface Repair {
        void run(long companyId, StreamDefinition stream, List<String> months);
    }

    /**
     * Names the tables that an audit reads and writes.
     *
     * @param jdbc for the streams' own tables
     */
    public record AuditTables(JdbcClient jdbc, StreamStates states, DueList due, ShareNotes notes, AuditLog log) {}

    private final AuditTables tables;
    private final Share share;
    private final SharePasses passes;
    private final Repair repair;

    public ShareAudit(AuditTables tables, Share share, SharePasses passes, Repair repair) {
        this.tables = tables;
        this.share = share;
        this.passes = passes;
        this.repair = repair;
    }

    @Override
    public List<AuditResult> run(Collection<Long> companies, Collection<StreamDefinition> streams, boolean mend) {
        List<AuditResult> all = new ArrayList<>();
        for (long company : companies) {
            for (StreamDefinition stream : streams) {
                if (stream.enabled() && stream.share().isPresent()) {
                    List<AuditResult> results = audited(company, stream, mend, new HashMap<>());
                    tables.log().add(results);
                    all.addAll(results);
                }
            }
        }
        return all;
    }

    /** A fault ends the audit of its own table only, whatever it is. */
    private List<AuditResult> audited(long company, StreamDefinition stream, boolean mend,
            Map<String, MonthComparison> different) {
        try {
            return run(company, stream, mend, different);
        } catch (RuntimeException fault) {
            return List.of(failed(company, stream, fault));
        }
    }

    private static AuditResult failed(long company, StreamDefinition stream, RuntimeException fault) {
        return AuditResult.failed(AuditKind.SHARE, company, stream.name(), fault);
    }

    /** Acknowledges that the share leaves out the rows of the API that it does not show now; then compares. */
    public List<AuditResult> acknowledge(Collection<Long> companies, Collection<StreamDefinition> streams) {
        for (long company : companies) {
            for (StreamDefinition stream : streams) {
                if (stream.enabled() && stream.share().isPresent() && !stream.isShareOnly()) {
                    acknowledge(company, stream);
                }
            }
        }
        return run(companies, streams, false);
    }

    /** Acknowledges nothing of a table that cannot be compared: the comparison that follows tells why. */
    private void acknowledge(long company, StreamDefinition stream) {
        Map<String, MonthComparison> different = new HashMap<>();
        if (audited(company, stream, false, different).stream()
                .noneMatch(result -> result.outcome() == AuditOutcome.FAILED)) {
            different.values().forEach(
                    month -> tables.notes().leaveOut(company, stream.name(), month.unshared()));
        }
    }

    private List<AuditResult> run(long company, StreamDefinition stream, boolean mend,
            Map<String, MonthComparison> different) {
        if (tables.states().progress(company, stream.name()).state() != StreamState.LIVE) {
            return List.of(AuditResult.skipped(AuditKind.SHARE, company, stream.name(), "the stream is not LIVE"));
        }
        if (!passes.isVisible(company, stream)) {
            return List.of(AuditResult.skipped(AuditKind.SHARE, company, stream.name(),
                    "the share's login does not see the company"));
        }
        if (passes.verdict(company, stream).filter(IdMatch.APART::equals).isPresent()) {
            return List.of(AuditResult.skipped(AuditKind.SHARE, company, stream.name(),
                    "its ids in the share are not those of the API"));
        }
        if (stream.isShareOnly() && passes.hasApiRows(company, stream)) {
            return List.of(AuditResult.skipped(AuditKind.SHARE, company, stream.name(), "it is read from the API"));
        }
        List<AuditResult> results = compare(company, stream, different);
        return mend && AuditResult.anyToRead(results) ? repaired(company, stream, results, different) : results;
    }

    /** Keeps what was found, even if its repair failed. */
    private List<AuditResult> repaired(long company, StreamDefinition stream, List<AuditResult> found,
            Map<String, MonthComparison> different) {
        try {
            return mended(company, stream, found, different);
        } catch (RuntimeException fault) {
            List<AuditResult> told = new ArrayList<>(found);
            told.add(failed(company, stream, fault));
            return told;
        }
    }

    private List<AuditResult> compare(long company, StreamDefinition stream, Map<String, MonthComparison> different) {
        StreamComparison comparison = new StreamComparison(tables, share, company, stream);
        List<AuditResult> results = comparison.run();
        different.putAll(comparison.different());
        return results;
    }

    private List<AuditResult> mended(long company, StreamDefinition stream, List<AuditResult> before,
            Map<String, MonthComparison> different) {
        Set<String> months = new LinkedHashSet<>();
        boolean stopped = tables.states().progress(company, stream.name()).sweepStopped().isPresent();
        for (AuditResult result : before) {
            MonthComparison comparison = different.get(result.part());
            if (comparison == null || comparison.isForShare()) {
                months.add(result.part());
            }
            if (comparison != null && stream.reading().selectableById()) {
                tables.due().add(company, stream.name(), comparison.forApi(!stopped), 0);
            }
        }
        repair.run(company, stream, List.copyOf(months));
        List<AuditResult> after = compare(company, stream, new HashMap<>());
        Set<String> still =
                new LinkedHashSet<>(after.stream().filter(result -> result.outcome() == AuditOutcome.DIFFERENT
                        || result.outcome() == AuditOutcome.STALE)
                        .map(AuditResult::part).toList());
        return before.stream()
                .map(result -> still.contains(result.part()) ? told(result, stopped)
                        : result.as(AuditOutcome.REPAIRED))
                .toList();
    }

    private static AuditResult told(AuditResult result, boolean stopped) {
        return stopped && result.surplus() > 0
                ? result.noting("nothing was deleted, because a sweep stands stopped: see the quarantine")
                : result;
    }
}
