package fr.pennylanesync.landing.record;

import fr.pennylanesync.hash.Sha256;
import java.util.List;

/**
 * One record on its way into its table.
 *
 * @param parentId the owning record's id; 0 where the stream is no child
 * @param payload the record as received, without expiring URLs, as storable JSON text
 * @param values the typed columns' values in the order of the stream's columns, as PostgreSQL reads them; null where
 * there is none
 * @param misfits columns whose value did not fit; the payload still holds it
 * @param files the file fields that held a URL
 */
public record StreamRecord(long parentId, long id, String payload, Sha256 hash, List<String> values,
        List<String> misfits,
        List<FileNote> files) implements BatchItem {

    public StreamRecord {
        misfits = List.copyOf(misfits);
        files = List.copyOf(files);
    }
}
