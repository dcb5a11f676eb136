package fr.pennylanesync.pass;

import fr.pennylanesync.share.Share;
import fr.pennylanesync.warehouse.ShareNotes;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The companies that the share's login sees, asked for again after a while. One that it lost is an alarm and deletes nothing. */
final class ShareCompanies {

    private static final Logger LOG = LoggerFactory.getLogger(ShareCompanies.class);
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Share share;
    private final ShareNotes notes;
    private Set<Long> visible;
    private long askedNanos;

    ShareCompanies(Share share, ShareNotes notes) {
        this.share = share;
        this.notes = notes;
    }

    synchronized boolean sees(long companyId) {
        if (visible == null || System.nanoTime() - askedNanos > FRESH.toNanos()) {
            visible = share.companies();
            askedNanos = System.nanoTime();
            notes.companies(visible).forEach(lost ->
                    LOG.error("share_company_lost company={} remedy=\"restore the rights of the login's user; nothing was deleted\"", lost));
        }
        return visible.contains(companyId);
    }

    /** Whether it saw the company once and does not now. */
    boolean lost(long companyId) {
        return !sees(companyId) && notes.isLost(companyId);
    }
}
