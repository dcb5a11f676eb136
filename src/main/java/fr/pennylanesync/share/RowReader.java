package fr.pennylanesync.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.share.ShareFailure.Code;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Turns what a statement of {@link ShareSql#rows} gives into rows, and what was stored of them back into their canonical text. */
public final class RowReader {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);
    private static final int TEXT_PER_ROW = 256;

    private final TableShape shape;
    private final long companyId;
    private final List<String> names;
    private final List<CanonicalField> fields;
    private final List<String> labels;
    /** The places of the fields in the order of their names: so a payload is spelled canonically without being sorted. */
    private final int[] byName;

    public RowReader(TableShape shape, long companyId) {
        this.shape = shape;
        this.companyId = companyId;
        this.names = List.copyOf(shape.fields().keySet());
        this.fields = List.copyOf(shape.fields().values());
        this.labels = IntStream.range(0, names.size()).mapToObj(i -> "c" + i).toList();
        this.byName = names.stream().sorted().mapToInt(names::indexOf).toArray();
    }

    /** @throws ShareFailure if the row is another company's, or has no key */
    public ShareRow read(Map<String, Object> row) {
        ObjectNode payload = JSON.objectNode();
        for (int i : byName) {
            payload.set(names.get(i), json(fields.get(i), (String) row.get(labels.get(i))));
        }
        if (payload.path(TableShape.COMPANY).longValue() != companyId) {
            throw new ShareFailure(Code.SHARE_ROW_MISROUTED, shape.table().table() + ", asked for company " + companyId);
        }
        return new ShareRow(shape.table().hasId() ? id(payload) : id(payload, (String) row.get("occurrence")), payload);
    }

    private long id(ObjectNode payload) {
        JsonNode id = payload.path(TableShape.ID);
        if (!id.isIntegralNumber()) {
            throw new ShareFailure(Code.SHARE_ROW_WITHOUT_KEY, shape.table().table());
        }
        return id.longValue();
    }

    /** A positive number that stays the same as long as the key does; the n-th of several rows with one key keeps its own. */
    private long id(ObjectNode payload, String occurrence) {
        StringBuilder key = new StringBuilder();
        for (String name : shape.table().key()) {
            shape.fields().get(name).append(key, text(payload.get(name)));
        }
        byte[] text = key.append('#').append(occurrence).toString().getBytes(StandardCharsets.UTF_8);
        return RowDigest.leading(text) & Long.MAX_VALUE;
    }

    /** The canonical text of a row that was stored with its payload. */
    public String canonical(JsonNode payload) {
        StringBuilder canonical = new StringBuilder(TEXT_PER_ROW);
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).append(canonical, text(payload.path(names.get(i))));
        }
        return canonical.toString();
    }

    private static String text(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
    }

    private static JsonNode json(CanonicalField field, String value) {
        if (value == null) {
            return JSON.nullNode();
        }
        return switch (field.type()) {
            case BIGINT, INTEGER -> JSON.numberNode(Long.parseLong(value));
            case NUMERIC -> JSON.numberNode(new BigDecimal(value));
            case BOOLEAN -> JSON.booleanNode(Boolean.parseBoolean(value));
            case TEXT, DATE, TIMESTAMPTZ, JSONB -> JSON.textNode(value);
        };
    }
}
