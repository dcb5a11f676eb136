package fr.pennylanesync.history;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.state.ShareNotes;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ShareEvent;
import fr.pennylanesync.share.Share;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The companies that the share's login sees, asked for again after a while. One that it lost is an alarm and deletes
 * nothing.
 */
final class ShareCompanies {

    private static final EventLog LOG = EventLog.of(ShareCompanies.class);
    private static final Duration FRESH = Duration.ofMinutes(1);
    /** Is shorter: a cluster that was paused resumes within a minute or two. */
    private static final Duration FAILURE_FRESH = Duration.ofSeconds(10);

    private final Share share;
    private final ShareNotes notes;
    private final Clock clock;
    private Set<Long> visible = Set.of();
    private Optional<SyncException> failure = Optional.empty();
    private Optional<Instant> awaySince = Optional.empty();
    private boolean toldGivenUp;
    private boolean asked;
    private long askedNanos;

    /** @param clock says how long the share has been away */
    ShareCompanies(Share share, ShareNotes notes, Clock clock) {
        this.share = share;
        this.clock = clock;
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
        Duration fresh = failure.isPresent() ? FAILURE_FRESH : FRESH;
        return asked && System.nanoTime() - askedNanos < fresh.toNanos();
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

    /**
     * Tells the same for a history that the API has too, and which is worth some tries. Once the share has been away
     * for long, it counts as one that does not have the company.
     *
     * @throws SyncException if there is no answer, and has been none for a short time only
     */
    synchronized boolean seesOrGaveUp(long companyId) {
        try {
            return sees(companyId);
        } catch (SyncException unanswered) {
            SyncException known = failure.orElse(unanswered);
            Instant since = awaySince.orElseThrow(() -> known);
            if (Duration.between(since, clock.instant()).compareTo(share.fallbackAfter()) < 0) {
                throw known;
            }
            if (!toldGivenUp) {
                toldGivenUp = true;
                LOG.log(new ShareEvent.ShareGivenUp(unanswered.code().name(),
                        Duration.between(since, clock.instant()).toSeconds(),
                        "histories that have not ended are read from the API"));
            }
            return false;
        }
    }

    private void answered(Optional<SyncException> by) {
        failure = by;
        if (by.isPresent()) {
            awaySince = Optional.of(notes.away());
        } else if (awaySince.isPresent() || !asked) {
            notes.back();
            awaySince = Optional.empty();
            toldGivenUp = false;
        }
        asked = true;
        askedNanos = System.nanoTime();
    }

    /** Tells whether the login saw the company once and does not now. */
    boolean lost(long companyId) {
        return !sees(companyId) && notes.isLost(companyId);
    }
}
