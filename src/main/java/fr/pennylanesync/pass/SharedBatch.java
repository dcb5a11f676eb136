package fr.pennylanesync.pass;

import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.RowReader;
import fr.pennylanesync.warehouse.SharedRows;
import fr.pennylanesync.warehouse.StorableJson;
import fr.pennylanesync.warehouse.StreamRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rows of a partition on their way into the table, and the digest of what came to stand there; or the end of a partition. */
final class SharedBatch implements SharedRows {

    private record Rows(RowReader reader, Function<List<Long>, RowDigest> held) {}

    private final List<StreamRecord> records;
    private final Optional<Rows> rows;
    private final List<Long> gone;
    private final boolean equal;
    private RowDigest digest = RowDigest.EMPTY;

    private SharedBatch(List<StreamRecord> records, Optional<Rows> rows, List<Long> gone, boolean equal) {
        this.records = records;
        this.rows = rows;
        this.gone = gone;
        this.equal = equal;
    }

    /** @param held computes the digest of the rows with some ids as the table holds them */
    static SharedBatch of(List<StreamRecord> records, RowReader reader, Function<List<Long>, RowDigest> held) {
        return new SharedBatch(records, Optional.of(new Rows(reader, held)), List.of(), true);
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
        return rows.isEmpty();
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

    RowDigest digest() {
        return digest;
    }

    /** What the API said stays: the share's version of such a row is counted as it was received. An earlier landing may have been rolled back. */
    @Override
    public void written(List<StreamRecord> landed, List<StreamRecord> superseded) {
        if (rows.isPresent()) {
            digest = rows.get().held().apply(landed.stream().map(StreamRecord::id).toList());
            for (StreamRecord received : superseded) {
                digest = digest.plus(rows.get().reader().canonical(StorableJson.read(received.payload())));
            }
        }
    }
}
