package fr.pennylanesync.landing.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.hash.SpelledJson;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.ShareColumn;
import fr.pennylanesync.stream.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Turns rows of the data sharing into records of a stream: payload, record hash, and those typed columns that the share
 * fills. The others stay empty until the API brings the whole record.
 */
public final class SharedRowMapper {

    /** Years of four digits of this era. Others, and infinity, come as one PostgreSQL spells them for another. */
    private static final Pattern ORDINARY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d( [\\d:.]+)?");
    private static final String ERA = " BC";

    /**
     * Says what fills a column.
     *
     * @param place of the share's column among those that are read; -1 where it is not known
     * @param type the share's column's
     */
    private record Filling(Column column, Optional<String> from, int place, ColumnType type) {

        /** The value of an ordinary text; null where there is none, or where the text is to be looked at closely. */
        String ordinary(IntFunction<String> texts) {
            String text = place < 0 ? null : texts.apply(place);
            return text == null || type != column.type() ? null : OrdinaryText.value(text, type);
        }
    }

    private final List<Filling> fillings;

    /** Makes a mapper of rows whose fields are given by name alone. */
    public SharedRowMapper(StreamDefinition stream) {
        this(stream, Map.of());
    }

    /** @param types of the fields that are read, by name, in the order of their places */
    public SharedRowMapper(StreamDefinition stream, Map<String, ColumnType> types) {
        List<String> names = List.copyOf(types.keySet());
        this.fillings = stream.columns().stream().map(column -> filling(stream, column))
                .map(filling -> new Filling(filling.column(), filling.from(),
                        filling.from().map(names::indexOf).orElse(-1), filling.from().map(types::get).orElse(null)))
                .toList();
    }

    private static Filling filling(StreamDefinition stream, Column column) {
        return new Filling(column,
                stream.share().flatMap(table -> table.filling(column.name())).map(ShareColumn::name), -1, null);
    }

    /**
     * @param spelled every field that is read of the share, in its canonical spelling
     * @param field gives the value of one of them
     */
    public StreamRecord map(long id, SpelledJson spelled, Function<String, JsonNode> field) {
        return map(id, spelled, field, place -> null);
    }

    /** @param texts gives the text of the field at a place, or null */
    public StreamRecord map(long id, SpelledJson spelled, Function<String, JsonNode> field,
            IntFunction<String> texts) {
        List<String> values = new ArrayList<>(fillings.size());
        List<String> misfits = new ArrayList<>(0);
        for (Filling filling : fillings) {
            String ordinary = filling.ordinary(texts);
            if (ordinary != null) {
                values.add(ordinary);
                continue;
            }
            Optional<JsonNode> given = given(filling, field);
            Optional<String> value = given.flatMap(node -> value(node, filling.column().type()));
            if (given.isPresent() && value.isEmpty()) {
                misfits.add(filling.column().name());
            }
            values.add(value.orElse(null));
        }
        Payload payload = spelled.unusual() ? Payload.of(StorableJson.encode(spelled.toString()))
                : Payload.of(spelled.utf8());
        return new StreamRecord(0, id, payload, spelled.hash(), values, misfits, List.of());
    }

    /**
     * Makes again what the table takes of a row that was stored, after some of it was left out.
     *
     * @param payload as read with {@link StorableJson#read}
     */
    public static StreamRecord again(StreamDefinition stream, long id, ObjectNode payload) {
        byte[] spelled = CanonicalJson.text(payload).getBytes(StandardCharsets.UTF_8);
        return new SharedRowMapper(stream).map(id, new SpelledJson(spelled, true), payload::path);
    }

    /** Returns what gives a column's value within the payload of one row. */
    public static Function<JsonNode, Optional<String>> reader(StreamDefinition stream, Column column) {
        Filling filling = filling(stream, column);
        return row -> given(filling, row::path).flatMap(node -> value(node, filling.column().type()));
    }

    private static Optional<JsonNode> given(Filling filling, Function<String, JsonNode> field) {
        return filling.from().map(field).filter(RecordMapper::isPresent);
    }

    private static Optional<String> value(JsonNode given, ColumnType type) {
        boolean isMoment = type == ColumnType.DATE || type == ColumnType.TIMESTAMPTZ;
        String ordinary = isMoment && given.isTextual() ? OrdinaryText.value(given.textValue(), type) : null;
        return ordinary != null ? Optional.of(ordinary) : unusual(given, type);
    }

    /** A number that is no JSON number, such as NaN, fits no column: it would spoil every sum. */
    private static Optional<String> unusual(JsonNode given, ColumnType type) {
        return switch (type) {
            case NUMERIC -> given.isNumber() ? ColumnValue.of(given, type) : Optional.empty();
            case DATE -> ORDINARY.matcher(given.asText()).matches() ? ColumnValue.of(given, type)
                    : Optional.of(given.asText());
            case TIMESTAMPTZ -> Optional.of(given.asText()).filter(text -> !ORDINARY.matcher(text).matches())
                    .map(SharedRowMapper::atUtc)
                    .or(() -> ColumnValue.of(TextNode.valueOf(given.asText().replace(' ', 'T') + "Z"), type));
            case TEXT, BIGINT, INTEGER, BOOLEAN, JSONB -> ColumnValue.of(given, type);
        };
    }

    /** The share's timestamps bear no zone and are UTC: it stands before the era, and infinity has none. */
    private static String atUtc(String timestamp) {
        int era = timestamp.indexOf(ERA);
        if (era < 0) {
            return timestamp.endsWith("infinity") ? timestamp : timestamp + "+00";
        }
        return timestamp.substring(0, era) + "+00" + ERA;
    }
}
