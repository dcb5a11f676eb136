package fr.pennylanesync.verification;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds each row of a stream, and each version that was replaced, against itself: its record hash against its payload,
 * and its typed columns against what its payload says.
 */
final class RowVerification {

    private static final int FIRST_COLUMN = 6;

    private final Warehouse warehouse;
    private final StreamDefinition stream;
    private final List<StoredColumn> columns;
    private final Differences differences;
    private long rows;

    RowVerification(Warehouse warehouse, StreamDefinition stream, Differences differences) {
        this.warehouse = warehouse;
        this.stream = stream;
        this.columns = stream.columns().stream().map(StoredColumn::new).toList();
        this.differences = differences;
    }

    /** @return how many rows and versions were looked at */
    long verify(long company) {
        String parent = stream.parentColumn().map(StreamTables::quoted).orElse("0::bigint");
        warehouse.each("select " + parent + ", id, payload::text, record_hash, source"
                + columns.stream().map(column -> ", " + column.expression()).collect(Collectors.joining())
                + " from " + StreamTables.table(stream) + " where company_id = ?", List.of(company), this::row);
        warehouse.each("select parent_id, id, payload::text, record_hash from pennylane_sync.record_version"
                + " where company_id = ? and stream = ?", List.of(company, stream.name()), this::version);
        return rows;
    }

    private void row(ResultSet row) throws SQLException {
        String place = "row " + row.getLong(1) + "/" + row.getLong(2);
        JsonNode payload = payload(row, place);
        Source source = Source.of(row.getString(5));
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i).column();
            Optional<String> expected = source.value(stream, column, payload);
            if (!columns.get(i).holds(row.getString(FIRST_COLUMN + i), expected, this::isSame)) {
                differences.add(place + " column " + column.name() + ": is not what the payload says");
            }
        }
    }

    private void version(ResultSet row) throws SQLException {
        payload(row, "version " + row.getLong(1) + "/" + row.getLong(2));
    }

    private JsonNode payload(ResultSet row, String place) throws SQLException {
        rows++;
        JsonNode payload = StorableJson.read(row.getString(3));
        if (!RecordMapper.hash(payload).equals(Sha256.stored(row.getBytes(4)))) {
            differences.add(place + ": the payload does not match its record hash");
        }
        return payload;
    }

    private boolean isSame(String stored, String expected, ColumnType type) {
        return warehouse.jdbc().sql("select ?::" + type.sql() + " is not distinct from ?::" + type.sql())
                .params(stored, expected).query(Boolean.class).single();
    }
}
