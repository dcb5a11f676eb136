package fr.pennylanesync.archive;

import fr.pennylanesync.archive.download.DownloadCode;
import fr.pennylanesync.archive.download.DownloadOutcome;
import fr.pennylanesync.failure.SyncException;
import java.time.Duration;
import java.util.Optional;

/**
 * An attempt that brought nothing, and what follows from it.
 *
 * @param code stable, for the file table
 * @param outlook what it says about further attempts
 */
public record FailedAttempt(String code, RetryOutlook outlook) {

    /** The record came back and names no file any more, or not yet. */
    public static final FailedAttempt NO_URL = new FailedAttempt("NO_URL", RetryOutlook.NOTHING_THERE);
    /** The record itself did not come back. */
    public static final FailedAttempt RECORD_ABSENT = new FailedAttempt("RECORD_ABSENT", RetryOutlook.NOTHING_THERE);

    /** Bounds how often a file is asked for at once, with a fresh URL each time, before waiting. */
    private static final int QUICK_ATTEMPTS = 4;
    /**
     * With the waits between the later ones about an hour and a half: a page that announces maintenance has gone by
     * then.
     */
    private static final int ATTEMPTS_MAX = 8;
    /** One that exhausts whoever opens it keeps all other files waiting each time. */
    private static final int SUSPECT_QUICK_ATTEMPTS = 1;
    private static final int SUSPECT_ATTEMPTS_MAX = 4;
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final int WAIT_GROWTH = 4;
    private static final int WAIT_STEPS_MAX = 4;
    private static final Duration LONGEST_WAIT = Duration.ofHours(6);

    /** Says what an attempt without a file says about further ones. */
    public enum RetryOutlook {
        /** The source is away: it comes back. */
        PASSES,
        /** The URL is not good: a fresh one may be, unless that goes on. */
        STALE,
        /** Means that what arrives is wrong: people must look at it if it stays so. */
        WRONG,
        /** There is no file to fetch. */
        NOTHING_THERE
    }

    static FailedAttempt of(DownloadOutcome outcome) {
        DownloadCode code = outcome.failure().orElseThrow();
        RetryOutlook retryOutlook = outcome instanceof DownloadOutcome.DownloadUnavailable ? RetryOutlook.PASSES
                : outcome instanceof DownloadOutcome.Stale ? RetryOutlook.STALE : RetryOutlook.WRONG;
        return new FailedAttempt(code.name(), retryOutlook);
    }

    /** The answer with the record fails each time, while the server answers other questions. */
    static FailedAttempt unread(SyncException failure) {
        return new FailedAttempt(failure.code().name(), RetryOutlook.STALE);
    }

    /** @param attempts made so far, this one included */
    FileState state(int attempts) {
        return switch (outlook) {
            case PASSES -> FileState.PENDING;
            case STALE, WRONG -> attempts < attemptsMax() ? FileState.PENDING : FileState.QUARANTINED;
            case NOTHING_THERE -> attempts < QUICK_ATTEMPTS ? FileState.PENDING : FileState.FAILED;
        };
    }

    private int attemptsMax() {
        return isSuspect() ? SUSPECT_ATTEMPTS_MAX : ATTEMPTS_MAX;
    }

    private boolean isSuspect() {
        return code.equals(DownloadCode.SUSPECT.name());
    }

    /**
     * Returns how long to wait before the next attempt; empty: not at all. A file that is not there yet (documents are
     * made some minutes after their record) is always waited for.
     */
    Optional<Duration> wait(int attempts) {
        int waits = outlook == RetryOutlook.NOTHING_THERE ? attempts
                : attempts - (isSuspect() ? SUSPECT_QUICK_ATTEMPTS : QUICK_ATTEMPTS) + 1;
        if (waits <= 0) {
            return Optional.empty();
        }
        long factor = (long) Math.pow(WAIT_GROWTH, Math.min(waits - 1, WAIT_STEPS_MAX));
        Duration wait = FIRST_WAIT.multipliedBy(factor);
        return Optional.of(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }
}
