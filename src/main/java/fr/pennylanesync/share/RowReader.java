package fr.pennylanesync.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.CanonicalJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Turns what a statement of {@link ShareSql#rows} gives into rows, and what was stored of them back into their
 * canonical text. For one thread at a time.
 */
public final class RowReader {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);
    private static final int TEXT_PER_ROW = 512;

    private final TableShape shape;
    private final String companyId;
    private final List<String> names;
    private final List<CanonicalField> fields;
    private final List<String> labels;
    private final int companyPlace;
    private final int idPlace;
    /** The places of the fields in the order of their names, as the canonical spelling has them. */
    private final int[] byName;
    private final StringBuilder spelling = new StringBuilder(TEXT_PER_ROW);

    public RowReader(TableShape shape, long companyId) {
        this.shape = shape;
        this.companyId = Long.toString(companyId);
        this.names = List.copyOf(shape.fields().keySet());
        this.fields = List.copyOf(shape.fields().values());
        this.labels = IntStream.range(0, names.size()).mapToObj(i -> "c" + i).toList();
        this.companyPlace = names.indexOf(TableShape.COMPANY);
        this.idPlace = names.indexOf(TableShape.ID);
        this.byName = names.stream().sorted().mapToInt(names::indexOf).toArray();
    }

    /** @throws SyncException if the row is another company's, or has no key */
    public ShareRow read(Map<String, Object> row) {
        String[] texts = new String[fields.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = (String) row.get(labels.get(i));
        }
        if (!companyId.equals(texts[companyPlace])) {
            throw new SyncException(ShareErrorCode.SHARE_ROW_MISROUTED,
                    shape.table().table() + ", asked for company " + companyId);
        }
        return new ShareRow(this, shape.table().hasId() ? id(texts) : id(texts, (String) row.get("occurrence")),
                spelled(texts), texts);
    }

    private long id(String[] texts) {
        if (texts[idPlace] == null) {
            throw new SyncException(ShareErrorCode.SHARE_ROW_WITHOUT_KEY, shape.table().table());
        }
        return Long.parseLong(texts[idPlace]);
    }

    /**
     * A positive number that stays the same as long as the key does; the n-th of several rows with one key keeps its
     * own.
     */
    private long id(String[] texts, String occurrence) {
        StringBuilder key = new StringBuilder();
        for (String name : shape.table().key()) {
            shape.fields().get(name).append(key, texts[names.indexOf(name)]);
        }
        byte[] text = key.append('#').append(occurrence).toString().getBytes(StandardCharsets.UTF_8);
        return RowDigest.leading(text) & Long.MAX_VALUE;
    }

    private String spelled(String[] texts) {
        spelling.setLength(0);
        char before = '{';
        for (int i : byName) {
            spell(fields.get(i), texts[i], spelling.append(before).append('"').append(names.get(i)).append("\":"));
            before = ',';
        }
        return spelling.append('}').toString();
    }

    private static void spell(CanonicalField field, String text, StringBuilder out) {
        if (text == null) {
            out.append("null");
            return;
        }
        switch (field.type()) {
            case BIGINT, INTEGER, BOOLEAN -> out.append(text);
            case NUMERIC -> CanonicalJson.appendNumber(new BigDecimal(text), out);
            case TEXT, DATE, TIMESTAMPTZ, JSONB -> CanonicalJson.appendText(text, out);
        }
    }

    JsonNode value(String[] texts, String name) {
        int place = names.indexOf(name);
        return place < 0 ? JSON.missingNode() : json(fields.get(place), texts[place]);
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
