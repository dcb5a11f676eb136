package fr.pennylanesync.verification;

import fr.pennylanesync.hash.JsonbObject;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.CopiedRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Recognises rows that are what their payloads say, without a tree and without a text: nearly all are, and this costs a
 * third of it. Of a row that is not recognised nothing is known, and {@link RowVerification} looks at it closely.
 */
final class SoundRows {

    private final ColumnType[] types;
    private final Source source;
    private final int payload;
    private final int hash;
    private final int firstColumn;
    private final JsonbObject object;
    /** Holds the number of each column's path; -1 where nothing fills the column. */
    private final int[] paths;

    /**
     * @param source where the rows come from
     * @param payload the place of the payload among a row's fields, as {@code hash} is that of its record hash
     * @param firstColumn the place of the first column; the others stand behind it
     */
    SoundRows(StreamDefinition stream, List<StoredColumn> columns, Source source, int payload, int hash,
            int firstColumn) {
        this.types = columns.stream().map(column -> column.column().type()).toArray(ColumnType[]::new);
        this.source = source;
        this.payload = payload;
        this.hash = hash;
        this.firstColumn = firstColumn;
        this.paths = new int[columns.size()];
        List<List<String>> known = new ArrayList<>();
        for (int i = 0; i < paths.length; i++) {
            paths[i] = source.path(stream, columns.get(i).column()).map(path -> {
                known.add(path);
                return known.size() - 1;
            }).orElse(-1);
        }
        this.object = new JsonbObject(known);
    }

    /** Tells whether a row is certainly sound. */
    boolean isSound(CopiedRow row) {
        if (!object.read(row.message(), row.begin(payload), row.end(payload) - row.begin(payload))
                || !object.hash().equals(Sha256.stored(row.bytes(hash)))) {
            return false;
        }
        for (int i = 0; i < paths.length; i++) {
            int field = firstColumn + i;
            boolean isThere = paths[i] >= 0 && object.find(paths[i]);
            if (isThere == row.isNull(field) || isThere && !PlainValues.isSame(types[i], row, field, object, source)) {
                return false;
            }
        }
        return true;
    }
}
