package fr.pennylanesync.landing.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.ShareColumn;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns rows of the data sharing into records of a stream: payload, record hash, and those typed columns that the share
 * fills. The others stay empty until the API brings the whole record.
 */
public final class SharedRowMapper {

    private record Filling(Column column, Optional<String> from) {}

    private final List<Filling> fillings;

    public SharedRowMapper(StreamDefinition stream) {
        this.fillings = stream.columns().stream().map(column -> filling(stream, column)).toList();
    }

    private static Filling filling(StreamDefinition stream, Column column) {
        return new Filling(column,
                stream.share().flatMap(table -> table.filling(column.name())).map(ShareColumn::name));
    }

    /**
     * @param spelled every field that is read of the share, in its canonical spelling
     * @param field gives the value of one of them
     */
    public StreamRecord map(long id, String spelled, Function<String, JsonNode> field) {
        List<String> values = new ArrayList<>(fillings.size());
        List<String> misfits = new ArrayList<>(0);
        for (Filling filling : fillings) {
            Optional<JsonNode> given = given(filling, field);
            Optional<String> value = given.flatMap(node -> ColumnValue.of(node, filling.column().type()));
            if (given.isPresent() && value.isEmpty()) {
                misfits.add(filling.column().name());
            }
            values.add(value.orElse(null));
        }
        return new StreamRecord(0, id, StorableJson.encode(spelled), CanonicalJson.hash(spelled), values, misfits,
                List.of());
    }

    /** A column's value within the payload of one row. */
    public static Optional<String> value(StreamDefinition stream, Column column, JsonNode row) {
        return given(filling(stream, column), row::path).flatMap(node -> ColumnValue.of(node, column.type()));
    }

    /** The share's timestamps bear no zone and are UTC. */
    private static Optional<JsonNode> given(Filling filling, Function<String, JsonNode> field) {
        return filling.from().map(field).filter(RecordMapper::isPresent)
                .map(value -> filling.column().type() == ColumnType.TIMESTAMPTZ
                        ? TextNode.valueOf(value.asText().replace(' ', 'T') + "Z")
                        : value);
    }
}
