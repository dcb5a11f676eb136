package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.RowReader;
import fr.pennylanesync.warehouse.SharedRows;
import fr.pennylanesync.warehouse.StorableJson;
import fr.pennylanesync.warehouse.StreamRecord;
import java.util.List;
import java.util.Optional;

/** Rows of a partition on their way into the table, and the digest of what came to stand there; or the end of a partition. */
final class SharedBatch implements SharedRows {

    private final List<StreamRecord> records;
    private final Optional<RowReader> reader;
    private final List<Long> gone;
    private final boolean equal;
    private RowDigest digest = RowDigest.EMPTY;

    private SharedBatch(List<StreamRecord> records, Optional<RowReader> reader, List<Long> gone, boolean equal) {
        this.records = records;
        this.reader = reader;
        this.gone = gone;
        this.equal = equal;
    }

    static SharedBatch of(List<StreamRecord> records, RowReader reader) {
        return new SharedBatch(records, Optional.of(reader), List.of(), true);
    }

    /**
     * The end of a partition.
     *
     * @param gone rows that it no longer has
     * @param equal whether what was landed is what the share says it holds
     */
    static SharedBatch closing(List<Long> gone, boolean equal) {
        return new SharedBatch(List.of(), Optional.empty(), gone, equal);
    }

    boolean isClosing() {
        return reader.isEmpty();
    }

    boolean isEqual() {
        return equal;
    }

    List<StreamRecord> records() {
        return records;
    }

    List<Long> gone() {
        return gone;
    }

    /** A landing begins; an earlier one may have been rolled back. */
    void begin() {
        digest = RowDigest.EMPTY;
    }

    RowDigest digest() {
        return digest;
    }

    @Override
    public void stored(JsonNode payload) {
        digest = digest.plus(reader.orElseThrow().canonical(payload));
    }

    /** What the API said stays: the share's version is counted as it was received. */
    @Override
    public void superseded(StreamRecord received) {
        stored(StorableJson.read(received.payload()));
    }
}
