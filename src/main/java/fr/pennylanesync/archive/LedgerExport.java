package fr.pennylanesync.archive;

import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.state.DatePeriod;
import fr.pennylanesync.landing.state.LedgerExportKind;
import fr.pennylanesync.pass.ExportRead;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** One export of the ledger that is due: it is asked for, looked at until it is ready, and archived by itself. */
public final class LedgerExport extends ExportRead {

    /** Lifts the first day above the last one in the number that stands for a period. */
    private static final long DAYS = 100_000_000L;

    private final LedgerExportKind kind;
    private final DatePeriod period;
    private final Sha256 books;
    private final long change;
    private final FileBatch files = new FileBatch();

    /**
     * @param books the state of the books in that period, as it is here
     * @param change the newest batch that changed the books
     */
    LedgerExport(long companyId, LedgerExportKind kind, DatePeriod period, Sha256 books, long change) {
        super(companyId, kind.path(), period);
        this.kind = kind;
        this.period = period;
        this.books = books;
        this.change = change;
    }

    LedgerExportKind kind() {
        return kind;
    }

    DatePeriod period() {
        return period;
    }

    Sha256 books() {
        return books;
    }

    long change() {
        return change;
    }

    /** Returns the batch of files that it is by itself. */
    public FileBatch files() {
        return files;
    }

    /** Returns the name under which it is filed, for people. */
    public String stream() {
        return kind.stream();
    }

    /** Names the file for all time: its record is the period, as a number of the first and the last day. */
    FileKey key() {
        return new FileKey(companyId(), kind.stream(), 0, day(period.first()) * DAYS + day(period.last()),
                period.first() + ".." + period.last());
    }

    private static long day(LocalDate date) {
        return Long.parseLong(date.format(DateTimeFormatter.BASIC_ISO_DATE));
    }

    /**
     * Makes of the export that is ready a file to be fetched.
     *
     * @param prefix of the archive's keys
     */
    FileTask task(PendingFile pending, String prefix) {
        return new FileTask(pending, fileUrl(), period.first().getYear(), System.nanoTime(), prefix);
    }

    @Override
    public Priority priority() {
        return Priority.BACKLOG;
    }
}
