package fr.pennylanesync.audit;

import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.audit.ShareAudit.AuditTables;
import fr.pennylanesync.landing.table.TableDigests;
import fr.pennylanesync.share.CanonicalField.NumberForm;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.share.TableShape;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One stream of one company, held against the data sharing month by month. It is made for one comparison. */
final class StreamComparison {

    private final Share share;
    private final long company;
    private final StreamDefinition stream;
    private final TableShape shape;
    private final TableDigests warehouse;
    private final Optional<LastRead> lastRead;
    private final Set<Long> acknowledged;
    private final List<AuditResult> results = new ArrayList<>();
    private final Map<String, MonthComparison> different = new HashMap<>();
    private long left;
    private long comparedThere;
    private long comparedHere;

    StreamComparison(AuditTables tables, Share share, long company, StreamDefinition stream) {
        this.share = share;
        this.company = company;
        this.stream = stream;
        this.shape = share.shape(stream.share().orElseThrow());
        this.warehouse = new TableDigests(tables.jdbc(), stream, shape);
        this.lastRead = stream.isShareOnly()
                ? Optional.of(new LastRead(company, stream.name(), tables.notes(), warehouse))
                : Optional.empty();
        this.acknowledged = tables.notes().leftOut(company, stream.name());
    }

    /** Returns the months that differed row by row. */
    Map<String, MonthComparison> different() {
        return different;
    }

    /** Returns a result for each month that is not as the share has it, or one for the whole. */
    List<AuditResult> run() {
        Map<String, RowDigest> there = share.digests(shape, company);
        Map<String, RowDigest> here = warehouse.byMonth(company);
        comparedThere = sum(there);
        comparedHere = sum(here);
        for (String month : TableDigests.differing(there, here)) {
            month(month, there.getOrDefault(month, RowDigest.EMPTY), here.getOrDefault(month, RowDigest.EMPTY));
        }
        return results.isEmpty() ? List.of(whole(there.size())) : results;
    }

    private void month(String month, RowDigest theirs, RowDigest ours) {
        Optional<Instant> stale = lastRead.flatMap(read -> read.had(month, ours));
        if (stale.isPresent()) {
            results.add(result(month, AuditOutcome.STALE, theirs.rows(), ours.rows(), 0, 0, 0,
                    "the share changed it since it was read at " + stale.get() + "; the next sweep reads it"));
        } else if (shape.table().hasId()) {
            rows(month, theirs, ours);
        } else {
            results.add(result(month, AuditOutcome.DIFFERENT, theirs.rows(), ours.rows(), 0,
                    Math.max(0, theirs.rows() - ours.rows()), Math.max(0, ours.rows() - theirs.rows()),
                    "its rows have no id to tell which"));
        }
    }

    private void rows(String month, RowDigest theirs, RowDigest ours) {
        Partition part = Partition.month(month);
        MonthComparison comparison =
                new MonthComparison(share.hashes(shape, company, part), warehouse.rows(company, part, share.lag()),
                        stream.isShareOnly(), month.isEmpty() && shape.table().period().isPresent(), acknowledged);
        left += comparison.leftOut();
        comparedThere += comparison.comparedThere() - theirs.rows();
        comparedHere += comparison.comparedHere() - ours.rows();
        if (!comparison.isEqual()) {
            different.put(month, comparison);
            results.add(result(month, AuditOutcome.DIFFERENT, theirs.rows(), ours.rows(), comparison.differing(),
                    comparison.missing(), comparison.surplus(), comparison.unmatched() == 0 ? ""
                            : comparison.unmatched() + " rows there have no id, or share one: see the quarantine"));
        }
    }

    /** No row differs; yet what is not as many is not equal. */
    private AuditResult whole(int months) {
        return result("", comparedThere == comparedHere ? AuditOutcome.EQUAL : AuditOutcome.DIFFERENT, comparedThere,
                comparedHere, 0, Math.max(0, comparedThere - comparedHere), Math.max(0, comparedHere - comparedThere),
                months + " months, " + left
                        + " rows left out that are archived, without a date, acknowledged, or newer than the share may"
                        + " be; " + compared());
    }

    private AuditResult result(String part, AuditOutcome outcome, long there, long here, long differing, long missing,
            long surplus, String note) {
        return new AuditResult(AuditKind.SHARE, company, stream.name(), part, outcome, there, here, differing, missing,
                surplus, note);
    }

    /** Says what was compared, as far as a proof of equality reaches. */
    private String compared() {
        String fields = "compared " + String.join(", ", shape.comparable().keySet());
        List<String> floats = shape.comparable().entrySet().stream()
                .filter(field -> field.getValue().form() == NumberForm.FLOAT).map(Map.Entry::getKey).toList();
        return floats.isEmpty() ? fields : fields + ", of these at nine decimals " + String.join(", ", floats);
    }

    private static long sum(Map<String, RowDigest> digests) {
        return digests.values().stream().mapToLong(RowDigest::rows).sum();
    }
}
