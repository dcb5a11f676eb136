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
