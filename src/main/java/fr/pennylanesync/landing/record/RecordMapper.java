package fr.pennylanesync.landing.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.hash.SpelledJson;
import fr.pennylanesync.stream.Column;
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
        if (stream.isKeyed()) {
            payload.remove("id");
        }
        stream.personal().apply(payload);
        return again(stream, parentId, id, payload, files(stream, received, payload));
    }

    /**
     * Makes again what its table takes of a record that was stored, after some of it was left out.
     *
     * @param payload as read with {@link StorableJson#read}
     */
    public static StreamRecord again(StreamDefinition stream, long parentId, long id, ObjectNode payload,
            List<FileNote> files) {
        List<String> values = new ArrayList<>(stream.columns().size());
        List<String> misfits = new ArrayList<>();
        for (Column column : stream.columns()) {
            Optional<String> value = value(column, payload);
            if (value.isEmpty() && isPresent(at(payload, column.path()))
                    && stream.personal().rule(column.path()).isEmpty()) {
                misfits.add(column.name());
            }
            values.add(value.orElse(null));
        }
        SpelledJson spelled = CanonicalJson.spell(payload);
        return new StreamRecord(parentId, id, storable(payload, spelled), spelled.hash(), values, misfits, files);
    }

    /** Hashes what is stored, but for what {@code jsonb} would not take, or would show otherwise. */
    private static Payload storable(ObjectNode payload, SpelledJson spelled) {
        return spelled.unusual() ? Payload.of(StorableJson.write(payload)) : Payload.of(spelled.utf8());
    }

    /** A file's name is as the rules for personal data leave it. */
    private static List<FileNote> files(StreamDefinition stream, ObjectNode received, ObjectNode payload) {
        List<FileNote> files = new ArrayList<>();
        for (FileField field : stream.files()) {
            JsonNode url = at(received, field.path());
            if (url.isTextual() && !url.textValue().isBlank()) {
                files.add(new FileNote(field.name(),
                        field.namePath().map(path -> at(payload, path)).filter(JsonNode::isTextual)
                                .map(name -> StorableText.encode(name.textValue()))));
            }
        }
        return files;
    }

    /** The record hash of a payload: as received, or as read back with {@link StorableJson#read}. */
    public static Sha256 hash(JsonNode payload) {
        return CanonicalJson.hash(payload);
    }

    /** A column's value within a payload; empty where there is none, or where it does not fit the type. */
    public static Optional<String> value(Column column, JsonNode payload) {
        JsonNode value = at(payload, column.path());
        return isPresent(value) ? ColumnValue.of(value, column.type()) : Optional.empty();
    }

    static boolean isPresent(JsonNode value) {
        return !value.isNull() && !value.isMissingNode();
    }

    /** Returns the value at a path within a record; a missing node where there is none. */
    public static JsonNode at(JsonNode record, List<String> path) {
        JsonNode node = record;
        for (String step : path) {
            node = node.path(step);
        }
        return node;
    }
}
