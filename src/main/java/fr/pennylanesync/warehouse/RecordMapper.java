package fr.pennylanesync.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.privacy.ExpiringUrls;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.FileField;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a record as received into what its table takes: payload without expiring URLs, record hash, typed columns. */
public final class RecordMapper {

    private RecordMapper() {}

    /** @param parentId the owning record's id; 0 where the stream is no child */
    public static StreamRecord map(StreamDefinition stream, long parentId, ObjectNode received) {
        long id = received.path("id").longValue();
        ObjectNode payload = ExpiringUrls.without(received, stream.files());
        List<String> values = new ArrayList<>(stream.columns().size());
        List<String> misfits = new ArrayList<>();
        for (Column column : stream.columns()) {
            Optional<String> value = value(column, payload);
            if (value.isEmpty() && isPresent(at(payload, column.path()))) {
                misfits.add(column.name());
            }
            values.add(value.orElse(null));
        }
        return new StreamRecord(parentId, id, StorableJson.write(payload), hash(payload), values, misfits, files(stream, received));
    }

    /** A row of the data sharing; the columns that it does not fill stay empty until the API brings the whole record. */
    public static StreamRecord mapShared(StreamDefinition stream, long id, ObjectNode row) {
        List<String> values = new ArrayList<>(stream.columns().size());
        List<String> misfits = new ArrayList<>();
        for (Column column : stream.columns()) {
            Optional<JsonNode> given = shared(stream, column, row);
            Optional<String> value = given.flatMap(node -> ColumnValue.of(node, column.type()));
            if (given.isPresent() && value.isEmpty()) {
                misfits.add(column.name());
            }
            values.add(value.orElse(null));
        }
        return new StreamRecord(0, id, StorableJson.write(row), hash(row), values, misfits, List.of());
    }

    /** What a row of the data sharing holds for a column of the stream; its timestamps bear no zone and are UTC. */
    private static Optional<JsonNode> shared(StreamDefinition stream, Column column, JsonNode row) {
        return stream.share().flatMap(table -> table.filling(column.name())).map(filling -> row.path(filling.name()))
                .filter(RecordMapper::isPresent)
                .map(value -> column.type() == ColumnType.TIMESTAMPTZ ? TextNode.valueOf(value.asText().replace(' ', 'T') + "Z") : value);
    }

    /** A column's value within a stored payload of either source. */
    static Optional<String> value(StreamDefinition stream, Column column, Source source, JsonNode payload) {
        return source == Source.API ? value(column, payload)
                : shared(stream, column, payload).flatMap(node -> ColumnValue.of(node, column.type()));
    }

    private static List<FileNote> files(StreamDefinition stream, ObjectNode received) {
        List<FileNote> files = new ArrayList<>();
        for (FileField field : stream.files()) {
            JsonNode url = at(received, field.path());
            if (url.isTextual() && !url.textValue().isBlank()) {
                files.add(new FileNote(field.name(), field.namePath().map(path -> at(received, path)).filter(JsonNode::isTextual)
                        .map(name -> StorableText.encode(name.textValue()))));
            }
        }
        return files;
    }

    /** The record hash of a payload: as received, or as read back with {@link StorableJson#read}. */
    public static Sha256 hash(JsonNode payload) {
        return Sha256.of(CanonicalJson.bytes(payload));
    }

    /** A column's value within a payload; empty where there is none, or where it does not fit the type. */
    static Optional<String> value(Column column, JsonNode payload) {
        JsonNode value = at(payload, column.path());
        return isPresent(value) ? ColumnValue.of(value, column.type()) : Optional.empty();
    }

    private static boolean isPresent(JsonNode value) {
        return !value.isNull() && !value.isMissingNode();
    }

    private static JsonNode at(JsonNode record, List<String> path) {
        JsonNode node = record;
        for (String step : path) {
            node = node.path(step);
        }
        return node;
    }
}
