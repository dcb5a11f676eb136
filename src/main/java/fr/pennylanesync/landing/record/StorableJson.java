package fr.pennylanesync.landing.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.UnaryOperator;

/** JSON in and out of {@code jsonb} columns without loss: see {@link StorableText}; numbers stay exact decimals. */
public final class StorableJson {

    private static final int TEXT_LENGTH_MAX = 64 * 1024 * 1024;

    /** U+FDD0 as UTF-8 begins with it, and so do few others. */
    private static final byte ESCAPE_BEGIN = (byte) 0xef;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    static {
        MAPPER.getFactory().setStreamReadConstraints(StreamReadConstraints.builder()
                .maxStringLength(TEXT_LENGTH_MAX).maxNumberLength(TEXT_LENGTH_MAX).build());
    }

    private StorableJson() {}

    /** The text to hand to a {@code jsonb} parameter. */
    public static String write(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(map(value, StorableText::encode));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    /**
     * Does as {@link #write} does, with a JSON text: the result is the same text, unless something in it is escaped or
     * is the escape of {@link StorableText}.
     */
    static String encode(String json) {
        if (json.indexOf(StorableText.ESCAPE) < 0 && !json.contains("\\u")) {
            return json;
        }
        try {
            return write(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON at column " + e.getLocation().getColumnNr());
        }
    }

    /** The value that {@link #write} was given, from the text that PostgreSQL returns. */
    public static JsonNode read(String stored) {
        try {
            return map(MAPPER.readTree(stored), StorableText::decode);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the stored text is not JSON at column " + e.getLocation().getColumnNr());
        }
    }

    /**
     * Does as {@link #read(String)} does, with the text as UTF-8.
     *
     * @param stored holds the text from an offset on, for a length
     */
    public static JsonNode read(byte[] stored, int offset, int length) {
        try {
            JsonNode read = MAPPER.readTree(stored, offset, length);
            return mayHoldEscape(stored, offset, length) ? map(read, StorableText::decode) : read;
        } catch (IOException e) {
            throw new IllegalArgumentException("the stored text is not JSON (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Tells whether the first byte of the escape of {@link StorableText} is there, or an escape of JSON's own. */
    private static boolean mayHoldEscape(byte[] utf8, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (utf8[i] == ESCAPE_BEGIN || utf8[i] == '\\' && i + 1 < offset + length && utf8[i + 1] == 'u') {
                return true;
            }
        }
        return false;
    }

    /** The same tree where no text changes, else a copy. */
    private static JsonNode map(JsonNode value, UnaryOperator<String> text) {
        return isSame(value, text) ? value : copy(value, text);
    }

    private static JsonNode copy(JsonNode value, UnaryOperator<String> text) {
        if (value.isTextual()) {
            return TextNode.valueOf(text.apply(value.textValue()));
        }
        if (value.isObject()) {
            ObjectNode copy = MAPPER.createObjectNode();
            value.fields()
                    .forEachRemaining(field -> copy.set(text.apply(field.getKey()), copy(field.getValue(), text)));
            return copy;
        }
        if (value.isArray()) {
            ArrayNode copy = MAPPER.createArrayNode();
            value.forEach(item -> copy.add(copy(item, text)));
            return copy;
        }
        return value;
    }

    private static boolean isSame(JsonNode value, UnaryOperator<String> text) {
        if (value.isTextual()) {
            return isSame(value.textValue(), text);
        }
        for (Iterator<String> names = value.fieldNames(); names.hasNext();) {
            if (!isSame(names.next(), text)) {
                return false;
            }
        }
        for (JsonNode inner : value) {
            if (!isSame(inner, text)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(String value, UnaryOperator<String> text) {
        return text.apply(value).equals(value);
    }
}
