package fr.pennylanesync.history;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.state.ShareNotes.IdMatch;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The passes that a plan can open over the data sharing, and what it must know of the share to choose among them. */
public interface SharePassFactory {

    /** Tells whether there is a login. */
    boolean isConfigured();

    /** Tells how far the share may be behind the API. */
    Duration lag();

    /**
     * Tells whether the login sees the company's rows.
     *
     * @throws SyncException SHARE_COMPANY_LOST if it saw them before and the stream has no other source
     */
    boolean offers(long companyId, StreamDefinition stream);

    /**
     * Tells whether the table has what the API said of any record of the company: then the API's list must be read, not
     * the share.
     */
    boolean hasApiRows(long companyId, StreamDefinition stream);

    /** Tells whether ids mean the same in share and API; empty where that was not looked at. */
    Optional<IdMatch> verdict(long companyId, StreamDefinition stream);

    /** Compares ids before anything is landed. */
    Pass sample(long companyId, StreamDefinition stream);

    /** Every partition, or those that the checkpoint says are left. */
    Pass history(long companyId, StreamDefinition stream);

    /**
     * Holds the number of rows that the share has, behind a first history, against those that were landed or set aside:
     * reads again the months that differ. Ended at once where none does.
     */
    Pass recount(long companyId, StreamDefinition stream);

    /**
     * Holds both numbers against each other once more, and tells of a table that is not as the share counts it. Ended
     * at once.
     */
    Pass recounted(long companyId, StreamDefinition stream);

    /**
     * The months whose digests differ: for a stream that only the share has.
     *
     * @param confirmed whether more rows may be deleted than the guard allows
     */
    Pass sweep(long companyId, StreamDefinition stream, boolean confirmed);

    /**
     * Reads some months again, as a run of its own. Of a stream that only the share has, few rows may go by it: nobody
     * confirmed more.
     */
    Pass months(long companyId, StreamDefinition stream, List<String> months);
}
