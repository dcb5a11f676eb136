package fr.pennylanesync.cli;

import fr.pennylanesync.archive.FileProgress.StreamFileCounts;
import fr.pennylanesync.runtime.OpenArchive;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.token.Company;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Measures how far the archiving of files is: how many of those that were due, and how long the others take. */
final class FileMeter {

    private static final int BYTES_PER_MB = 1_000_000;

    private final OpenArchive archive;
    private final long total;
    private final long before;
    private final long began = System.nanoTime();

    FileMeter(OpenArchive archive, List<Company> companies) {
        this.archive = archive;
        this.before = attempts(archive.progress().all());
        this.total = companies.stream().flatMap(company -> archive.files().counts(company.id()).values().stream())
                .mapToLong(counts -> counts.pending()).sum();
    }

    /** Returns the line of progress, for so many columns. */
    String text(int columns) {
        List<StreamFileCounts> all = archive.progress().all();
        long done = Math.min(total, attempts(all) - before);
        long bytes = all.stream().mapToLong(StreamFileCounts::bytes).sum() / BYTES_PER_MB;
        return PlainWords.cut(String.format(Locale.ROOT, "%,d/%,d files, %,d MB%s", done, total, bytes, left(done)),
                columns);
    }

    private String left(long done) {
        if (done == 0) {
            return "";
        }
        double nanosEach = (System.nanoTime() - began) / (double) done;
        return "; files "
                + PlainWords
                        .span(Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds((long) (nanosEach * (total - done)))));
    }

    private static long attempts(List<StreamFileCounts> all) {
        return all.stream().mapToLong(stream -> stream.archived() + stream.unchanged() + stream.setBacks()).sum();
    }
}
