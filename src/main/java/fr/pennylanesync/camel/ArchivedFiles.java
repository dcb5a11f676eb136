package fr.pennylanesync.camel;

import fr.pennylanesync.archive.FileKey;
import fr.pennylanesync.archive.PendingFiles;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Keeps which contents of which files are archived, as Camel's idempotent repository: a key is the company, the record,
 * the field and the content's hash, and it is confirmed by the file's outcome, a row of {@code
 * pennylane_sync.file}. The route writes that row in a transaction of its own, after the object was read back.
 */
public final class ArchivedFiles extends ServiceSupport implements IdempotentRepository {

    private final PendingFiles files;

    public ArchivedFiles(PendingFiles files) {
        this.files = files;
    }

    /** Tells whether the outcome of the key is written. */
    @Override
    public boolean contains(String key) {
        return files.isArchived(FileKey.Content.parse(key));
    }

    /**
     * Takes a key whose outcome is not written yet. It claims nothing: if two writers meet, the bucket's own condition
     * lets one of them store, and both read back the same object.
     */
    @Override
    public boolean add(String key) {
        return !contains(key);
    }

    /** Fails the exchange where the outcome is not written: Camel does not look at what this returns. */
    @Override
    public boolean confirm(Exchange exchange, String key) {
        try {
            if (!confirm(key)) {
                exchange.setException(new IllegalStateException("a file was archived and its outcome is not written"));
            }
        } catch (RuntimeException away) {
            exchange.setException(away);
        }
        return !exchange.isFailed();
    }

    @Override
    public boolean confirm(String key) {
        return contains(key);
    }

    /** Has nothing to take back: before its outcome is written a key is not in the repository. */
    @Override
    public boolean remove(String key) {
        return true;
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("what is archived is never forgotten");
    }
}
