package fr.pennylanesync.verification;

import java.util.List;
import java.util.stream.Stream;

/**
 * Says what was found in a company's stream, or beside all of them.
 *
 * @param rows and replaced versions that were looked at
 * @param leftOut what was landed before the time from which on was looked
 * @param count of differences
 * @param differences the first of them
 */
record PartResult(long company, String stream, long rows, long batches, LeftOut leftOut, long count,
        List<String> differences) {

    PartResult {
        differences = List.copyOf(differences);
    }

    static PartResult of(VerifiedStream part, long rows, long batches, LeftOut leftOut, Differences ofRows,
            Differences ofLedger) {
        return new PartResult(part.company(), part.stream().name(), rows, batches, leftOut,
                ofRows.count() + ofLedger.count(),
                Stream.of(ofRows, ofLedger).flatMap(each -> each.kept().stream()).limit(Differences.KEPT_MAX).toList());
    }

    /** Returns what was found beside the streams that are verified. */
    static PartResult beside(List<Differences> found) {
        return new PartResult(0, "", 0, 0, LeftOut.NOTHING, found.stream().mapToLong(Differences::count).sum(),
                found.stream().flatMap(each -> each.kept().stream()).limit(Differences.KEPT_MAX).toList());
    }
}
