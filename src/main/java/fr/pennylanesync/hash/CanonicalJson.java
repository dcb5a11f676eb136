package fr.pennylanesync.hash;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The one spelling of a JSON value: keys sorted by UTF-16 code units, no white space, the escapes of RFC 8785, and
 * numbers as exact decimals (RFC 8785 would round them to doubles). Two documents have the same spelling exactly when
 * they mean the same.
 */
public final class CanonicalJson {

    /** Beyond this many digits of scale a number is spelled with an exponent, so that 1e9999 stays short. */
    private static final int PLAIN_SCALE_MAX = 64;

    private CanonicalJson() {}

    public static Sha256 hash(JsonNode value) {
        return hash(text(value));
    }

    /** The hash of a value by its spelling. */
    public static Sha256 hash(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String text(JsonNode value) {
        StringBuilder out = new StringBuilder(256);
        write(value, out);
        return out.toString();
    }

    private static void write(JsonNode value, StringBuilder out) {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value, out);
            case ARRAY -> writeArray(value, out);
            case STRING -> appendText(value.textValue(), out);
            case NUMBER -> appendNumber(exact(value), out);
            case BOOLEAN -> out.append(value.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING,
                    POJO -> throw new IllegalArgumentException("not a JSON value: " + value.getNodeType());
        }
    }

    private static void writeObject(JsonNode object, StringBuilder out) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.size());
        object.fields().forEachRemaining(fields::add);
        fields.sort(Map.Entry.comparingByKey());
        out.append('{');
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            appendText(fields.get(i).getKey(), out);
            out.append(':');
            write(fields.get(i).getValue(), out);
        }
        out.append('}');
    }

    private static void writeArray(JsonNode array, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(array.get(i), out);
        }
        out.append(']');
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

    /**
     * Finds where the canonical spelling of a number ends that a database wrote in decimal digits.
     *
     * @return 0 if its spelling is not the beginning of these digits, or may not be
     */
    static int plainEnd(String digits) {
        int end = digits.length();
        if (end > PLAIN_SCALE_MAX || !isPlainDecimal(digits)) {
            return 0;
        }
        if (digits.indexOf('.') >= 0) {
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            end -= digits.charAt(end - 1) == '.' ? 1 : 0;
        }
        return end;
    }

    /** Tells whether a number begins with a digit other than 0, or is 0 or a fraction of 1 that is not negative. */
    private static boolean isPlainDecimal(String digits) {
        int first = digits.charAt(0) == '-' ? 1 : 0;
        if (first == digits.length() || digits.charAt(first) < '0' || digits.charAt(first) > '9') {
            return false;
        }
        return digits.charAt(first) != '0' || first == 0 && (digits.length() == 1 || digits.charAt(1) == '.');
    }

    /** Spells one text, quotes included. */
    static void appendText(String text, StringBuilder out) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c) || c > '\u007f' && !isLoneSurrogate(text, i)) {
                continue;
            }
            out.append(text, written, i);
            written = i + 1;
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        out.append(written == 0 ? text : text.substring(written)).append('"');
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '\u007f' && c != '"' && c != '\\';
    }

    /** A half of a surrogate pair alone: legal in JSON by escape, but without a UTF-8 form. */
    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
