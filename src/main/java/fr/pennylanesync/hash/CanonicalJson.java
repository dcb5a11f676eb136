package fr.pennylanesync.hash;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The one spelling of a JSON value: keys sorted by UTF-16 code units, no white space, the escapes of RFC 8785, and
 * numbers as exact decimals (RFC 8785 would round them to doubles). Two documents have the same spelling exactly when
 * they mean the same.
 */
public final class CanonicalJson {

    /** Beyond this many digits of scale a number is spelled with an exponent, so that 1e9999 stays short. */
    private static final int PLAIN_SCALE_MAX = 64;

    private static final int CAPACITY = 4 * 1024;
    /** One large value is no reason to keep as much for all that follow. */
    private static final int KEPT_MAX = 1024 * 1024;
    private static final ThreadLocal<JsonSpeller> SPELLER = ThreadLocal.withInitial(() -> new JsonSpeller(CAPACITY));

    private CanonicalJson() {}

    public static Sha256 hash(JsonNode value) {
        return spelled(value).hash();
    }

    /** The hash of a value by its spelling. */
    public static Sha256 hash(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String text(JsonNode value) {
        return spelled(value).text();
    }

    /**
     * Spells a value as UTF-8. It counts as unusual also where the zeros that end a number are missing in its spelling:
     * it means the same then, but does not show it with as many digits.
     */
    public static SpelledJson spell(JsonNode value) {
        return spelled(value).end();
    }

    private static JsonSpeller spelled(JsonNode value) {
        JsonSpeller out = SPELLER.get();
        if (out.capacity() > KEPT_MAX) {
            out = new JsonSpeller(CAPACITY);
            SPELLER.set(out);
        }
        write(value, out.begin());
        return out;
    }

    private static void write(JsonNode value, JsonSpeller out) {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value, out);
            case ARRAY -> writeArray(value, out);
            case STRING -> out.text(value.textValue());
            case NUMBER -> writeNumber(value, out);
            case BOOLEAN -> out.literal(value.booleanValue() ? "true" : "false");
            case NULL -> out.nothing();
            case BINARY, MISSING,
                    POJO -> throw new IllegalArgumentException("not a JSON value: " + value.getNodeType());
        }
    }

    private static void writeObject(JsonNode object, JsonSpeller out) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.size());
        object.fields().forEachRemaining(fields::add);
        fields.sort(Map.Entry.comparingByKey());
        out.punctuation('{');
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.punctuation(',');
            }
            out.text(fields.get(i).getKey()).punctuation(':');
            write(fields.get(i).getValue(), out);
        }
        out.punctuation('}');
    }

    private static void writeArray(JsonNode array, JsonSpeller out) {
        out.punctuation('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.punctuation(',');
            }
            write(array.get(i), out);
        }
        out.punctuation(']');
    }

    private static void writeNumber(JsonNode value, JsonSpeller out) {
        if (value.isInt() || value.isLong()) {
            out.literal(Long.toString(value.longValue()));
        } else {
            out.number(exact(value));
        }
    }

    private static BigDecimal exact(JsonNode value) {
        if (value.isFloat() || value.isDouble()) {
            throw new IllegalArgumentException("a float has no exact spelling: read JSON numbers as decimals");
        }
        return value.decimalValue();
    }

    /** Spells one number. */
    static void appendNumber(BigDecimal value, StringBuilder out) {
        if (value.signum() == 0) {
            out.append('0');
            return;
        }
        BigDecimal number = value.stripTrailingZeros();
        if (Math.abs((long) number.scale()) <= PLAIN_SCALE_MAX) {
            out.append(number.toPlainString());
        } else {
            out.append(number.unscaledValue()).append('e').append(-(long) number.scale());
        }
    }
}
