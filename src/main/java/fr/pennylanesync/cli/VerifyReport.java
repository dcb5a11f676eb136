package fr.pennylanesync.cli;

import fr.pennylanesync.activity.RunResult;
import fr.pennylanesync.archive.s3.ArchiveVerification.ArchiveVerificationResult;
import fr.pennylanesync.digest.DigestVerification.DigestVerificationResult;
import fr.pennylanesync.logging.VisibleText;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.verification.Verification.VerificationResult;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says what a verification found, for people and for machines.
 *
 * @param since only what was landed since then was looked at
 * @param resumed when an interrupted verification had ended with the first part that was not looked at again
 * @param anchors empty where no digest document was asked for
 */
record VerifyReport(VerificationResult records, Optional<Instant> since, Optional<Instant> resumed,
        ArchiveVerificationResult objects, Optional<DigestVerificationResult> anchors) {

    boolean isGood() {
        return records.differenceCount() == 0 && objects.isGood()
                && anchors.map(DigestVerificationResult::isGood).orElse(true);
    }

    /** Sums it up for the list of runs. */
    RunResult result() {
        return RunResult.compared(records.rows(), records.differenceCount() + objects.missing() + objects.altered()
                + objects.surplus() + anchors.map(DigestVerificationResult::differenceCount).orElse(0L));
    }

    /** Prints what is known first; the rest may take longer. */
    static void print(PrintWriter out, VerificationResult records, Optional<Instant> since, Optional<Instant> resumed) {
        printEach(out, records.differences());
        out.printf(Locale.ROOT, "%s verified, %s%n", rowsAndBatches(records.rows(), records.batches()),
                PlainWords.count(records.differenceCount(), "difference"));
        since.ifPresent(from -> out.printf(Locale.ROOT, "landed before %s and left out: %s%n", from,
                rowsAndBatches(records.leftOut().rows(), records.leftOut().batches())));
        resumed.ifPresent(first -> out.printf(Locale.ROOT, "verified before, from %s on, and not looked at again: %s%n",
                first, PlainWords.count(records.earlier(), "stream")));
        out.flush();
    }

    private static String rowsAndBatches(long rows, long batches) {
        return PlainWords.count(rows, "row") + " and " + PlainWords.count(batches, "batch", "batches");
    }

    /** Prints lines that may name an object of the archive, whose key is whatever somebody put there. */
    private static void printEach(PrintWriter out, List<String> differences) {
        differences.stream().map(VisibleText::of).forEach(out::println);
    }

    void printRest(PrintWriter out) {
        printEach(out, objects.differences());
        out.printf(Locale.ROOT, "%s verified, %,d read; %,d missing, %,d altered, %,d surplus%n",
                PlainWords.count(objects.objects(), "object"), objects.rehashed(), objects.missing(),
                objects.altered(), objects.surplus());
        anchors.ifPresent(found -> print(out, found));
        out.flush();
    }

    private static void print(PrintWriter out, DigestVerificationResult anchors) {
        printEach(out, anchors.differences());
        out.printf(Locale.ROOT, "%s verified by %s, %s of streams compared, %s%n",
                PlainWords.count(anchors.documents(), "digest"),
                anchors.trusted() ? "a trusted key" : "the key that they name themselves",
                PlainWords.count(anchors.heads(), "head"),
                PlainWords.count(anchors.differenceCount(), "difference"));
    }

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rows", records.rows());
        all.put("batches", records.batches());
        since.ifPresent(from -> {
            all.put("since", from.toString());
            all.put("rows_left_out", records.leftOut().rows());
            all.put("batches_left_out", records.leftOut().batches());
        });
        resumed.ifPresent(first -> {
            all.put("verified_before", records.earlier());
            all.put("verified_before_from", first.toString());
        });
        all.put("objects", objects.objects());
        all.put("rehashed", objects.rehashed());
        all.put("missing", objects.missing());
        all.put("altered", objects.altered());
        all.put("surplus", objects.surplus());
        anchors.ifPresent(found -> {
            all.put("digests", found.documents());
            all.put("heads", found.heads());
            all.put("trusted", found.trusted());
        });
        all.put("differences", Stream.of(records.differences(), objects.differences(),
                anchors.map(DigestVerificationResult::differences).orElse(List.of())).flatMap(List::stream).toList());
        return all;
    }
}
