package fr.pennylanesync.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;

/** Writes JSON as UTF-8. Half of a surrogate pair has no UTF-8 form: it is written as an escape, which JSON allows. */
final class JsonBytes {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonBytes() {}

    static byte[] of(JsonNode node) {
        try {
            return escapeHalves(JSON.writeValueAsString(node)).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("a tree of plain nodes is always writable", unwritable);
        }
    }

    private static String escapeHalves(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                append(escaped, text, i, i + 2);
                i++;
            } else if (Character.isSurrogate(unit)) {
                escaped = escaped == null ? new StringBuilder(text.length() + 64).append(text, 0, i) : escaped;
                escaped.append("\\u").append(Integer.toHexString(unit));
            } else {
                append(escaped, text, i, i + 1);
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    private static void append(StringBuilder target, String text, int from, int to) {
        if (target != null) {
            target.append(text, from, to);
        }
    }
}
