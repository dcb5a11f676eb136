package fr.pennylanesync.share;

import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Partitions and rows of the data sharing without a database. */
public final class TestPartitions {

    private TestPartitions() {}

    /** Returns the shape that a table has when it is as the stream's file says. */
    public static TableShape shape(StreamDefinition stream) {
        Map<String, CanonicalField> fields = new LinkedHashMap<>();
        Stream.of(TableShape.COMPANY, TableShape.ID)
                .forEach(name -> fields.put(name, CanonicalField.of(name, ColumnType.BIGINT)));
        stream.share().orElseThrow().columns().forEach(
                column -> fields.put(column.name(), CanonicalField.of(column.name(), column.type())));
        return new TableShape(stream.share().orElseThrow(), fields, Map.of("id", "int8", "label", "varchar"));
    }

    /** Begins to read a partition. */
    public static PartitionRead read(StreamDefinition stream, long companyId, Partition partition) {
        return new PartitionRead(new ShareSql(Optional.empty()), shape(stream), companyId, partition, Set.of());
    }

    /** Returns a snapshot that nothing is read from. */
    public static OpenShare snapshot() {
        return new OpenShare(null, () -> {});
    }

    /** Returns a row as a statement of the share gives it. */
    public static Map<String, Object> columns(long companyId, long id, String label, String amount) {
        Map<String, Object> row = new HashMap<>();
        List<String> values = new java.util.ArrayList<>(List.of(Long.toString(companyId), Long.toString(id), label));
        values.add(amount);
        for (int i = 0; i < values.size(); i++) {
            row.put("c" + i, values.get(i));
        }
        return row;
    }

    /** Returns a row. */
    public static ShareRow row(StreamDefinition stream, long companyId, long id, String label, String amount) {
        return (ShareRow) new RowReader(shape(stream), companyId).read(columns(companyId, id, label, amount));
    }
}
