package fr.pennylanesync.landing.record;

import fr.pennylanesync.hash.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * One record on its way into its table.
 *
 * @param parentId the owning record's id; 0 where the stream is no child
 * @param payload the record as received, without expiring URLs, as storable JSON text
 * @param values the typed columns' values in the order of the stream's columns, as PostgreSQL reads them; null where
 * there is none
 * @param misfits columns whose value did not fit; the payload still holds it
 * @param files the file fields that held a URL
 * @param damage where the payload lacks what it has no place for
 */
public record StreamRecord(long parentId, long id, Payload payload, Sha256 hash, List<String> values,
        List<String> misfits,
        List<FileNote> files, Optional<Damage> damage) implements BatchItem {

    public StreamRecord {
        misfits = List.copyOf(misfits);
        files = List.copyOf(files);
    }

    /** Makes a record that is whole. */
    public StreamRecord(long parentId, long id, Payload payload, Sha256 hash, List<String> values,
            List<String> misfits, List<FileNote> files) {
        this(parentId, id, payload, hash, values, misfits, files, Optional.empty());
    }

    /** Returns the record as one that lacks something. */
    public StreamRecord damaged(Damage how) {
        return new StreamRecord(parentId, id, payload, hash, values, misfits, files, Optional.of(how));
    }
}
