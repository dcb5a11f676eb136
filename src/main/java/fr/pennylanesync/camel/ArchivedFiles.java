package fr.pennylanesync.camel;

import fr.pennylanesync.archive.FileKey;
import fr.pennylanesync.archive.PendingFiles;

/** The file table as Camel's idempotent repository, keyed on company, record, field and content hash. */
public final class ArchivedFiles extends WarehouseFacts {

    private final PendingFiles files;

    public ArchivedFiles(PendingFiles files) {
        this.files = files;
    }

    @Override
    public boolean contains(String key) {
        return files.isArchived(FileKey.Content.parse(key));
    }
}
