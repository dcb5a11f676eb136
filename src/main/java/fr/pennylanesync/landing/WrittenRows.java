package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.hash.BatchHash;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rows of one stream as a batch wrote them.
 *
 * @param records those that the table holds now, in the order received
 * @param changed those that were new or had changed
 * @param altered those of these that somebody else had changed in the table
 * @param deleted those that are marked as deleted now
 * @param readHash the batch hash of what was read
 */
record WrittenRows(StreamDefinition stream, Checkpoint from, List<StreamRecord> records,
        List<RowWriter.Written> changed, List<RowWriter.Written> altered, List<RowWriter.Written> deleted,
        Sha256 readHash) {

    WrittenRows {
        records = List.copyOf(records);
        changed = List.copyOf(changed);
        altered = List.copyOf(altered);
        deleted = List.copyOf(deleted);
    }

    static WrittenRows of(StreamDefinition stream, Checkpoint from, List<StreamRecord> records,
            RowWriter.Upserted written, List<RowWriter.Written> deleted) {
        BatchHash read = begin(stream, from);
        records.forEach(record -> read.add(record.parentId(), record.id(), record.hash()));
        return new WrittenRows(stream, from, records, written.changed(), written.altered(), deleted,
                finish(read, deleted));
    }

    /** Begins a batch hash of these rows. */
    BatchHash begin() {
        return begin(stream, from);
    }

    private static BatchHash begin(StreamDefinition stream, Checkpoint from) {
        return BatchHash.begin(from.companyId(), stream.name(), from.pass().label());
    }

    /** Ends a batch hash: what is deleted is part of it. */
    Sha256 finish(BatchHash hash) {
        return finish(hash, deleted);
    }

    private static Sha256 finish(BatchHash hash, List<RowWriter.Written> deleted) {
        deleted.forEach(row -> hash.add(row.parentId(), row.id(), Sha256.ZERO));
        return hash.finish();
    }

    /** Returns what is another than before: changed, new, or deleted. */
    List<RowWriter.Written> written() {
        return Stream.concat(changed.stream(), deleted.stream()).toList();
    }

    Set<Long> changedIds() {
        Set<Long> ids = new HashSet<>();
        changed.forEach(row -> ids.add(row.id()));
        return ids;
    }
}
