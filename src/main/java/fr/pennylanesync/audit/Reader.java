package fr.pennylanesync.audit;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;

/** Sends the requests of an audit. No audit knows by which route. */
public interface Reader {

    /**
     * Reads to the end.
     *
     * @throws fr.pennylanesync.failure.SyncException if it cannot be read
     */
    void read(AuditRead read);

    /**
     * Fetches a file from a link that is good for minutes.
     *
     * @return a temporary file, which whoever takes it deletes
     * @throws fr.pennylanesync.failure.SyncException if it cannot be fetched
     */
    Path fetch(URI link);

    /** Reads what has changed, and what is due, of some streams of a company. */
    void refresh(long companyId, Collection<String> streams);

    /** Reads the complete lists of some streams of a company. */
    void sweep(long companyId, Collection<String> streams);
}
