package fr.pennylanesync.history;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.state.ShareNotes;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ShareEvent;
import fr.pennylanesync.share.Share;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The companies that the share's login sees, asked for again after a while. One that it lost is an alarm and deletes
 * nothing.
 */
final class ShareCompanies {

    private static final EventLog LOG = EventLog.of(ShareCompanies.class);
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Share share;
    private final ShareNotes notes;
    private Set<Long> visible = Set.of();
    private Optional<SyncException> failure = Optional.empty();
    private boolean asked;
    private long askedNanos;

    ShareCompanies(Share share, ShareNotes notes) {
        this.share = share;
        this.notes = notes;
    }

    /**
     * @throws SyncException if there is no answer; not to be retried while that is fresh: who waits for a share that is
     * away keeps others waiting
     */
    synchronized boolean sees(long companyId) {
        if (!isFresh()) {
            ask();
        }
        failure.ifPresent(known -> {
            throw known.withoutRetry();
        });
        return visible.contains(companyId);
    }

    private boolean isFresh() {
        return asked && System.nanoTime() - askedNanos < FRESH.toNanos();
    }

    private void ask() {
        try {
            visible = share.companies();
            answered(Optional.empty());
        } catch (SyncException unanswered) {
            answered(Optional.of(unanswered));
            throw unanswered;
        }
        notes.companies(visible).forEach(lost -> LOG.log(new ShareEvent.ShareCompanyLost(lost,
                "restore the rights of the login's user; nothing was deleted")));
    }

    private void answered(Optional<SyncException> by) {
        failure = by;
        asked = true;
        askedNanos = System.nanoTime();
    }

    /** Tells whether the login saw the company once and does not now. */
    boolean lost(long companyId) {
        return !sees(companyId) && notes.isLost(companyId);
    }
}
