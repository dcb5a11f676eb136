package fr.pennylanesync.camel;

import fr.pennylanesync.archive.FileKey;
import fr.pennylanesync.archive.PendingFiles;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Camel's idempotent repository over the file table, keyed on company, record, field and content hash: a key is present exactly when
 * that content of that file is archived. The outcome's own transaction writes it, so there is nothing to confirm or take back.
 */
public final class ArchivedFiles extends ServiceSupport implements IdempotentRepository {

    private final PendingFiles files;

    public ArchivedFiles(PendingFiles files) {
        this.files = files;
    }

    @Override
    public boolean add(String key) {
        return !contains(key);
    }

    @Override
    public boolean contains(String key) {
        return files.isArchived(FileKey.Content.parse(key));
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    public boolean remove(String key) {
        return true;
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("the file table is never cleared");
    }
}
