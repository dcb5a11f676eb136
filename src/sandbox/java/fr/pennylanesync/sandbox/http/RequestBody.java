package fr.pennylanesync.sandbox.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What came with a POST: JSON or a form. */
record RequestBody(String contentType, byte[] bytes) {

    static final int LARGEST = 65_536;
    static final RequestBody NONE = new RequestBody("", new byte[0]);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The JSON document; a missing node when it is none. */
    JsonNode json() {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException malformed) {
            return MissingNode.getInstance();
        } catch (IOException impossible) {
            throw new IllegalStateException("the bytes are in memory", impossible);
        }
    }

    /** Names and values, from a form or from the texts of a JSON object. */
    Map<String, String> form() {
        Map<String, String> fields = new LinkedHashMap<>();
        if (contentType.startsWith("application/json")) {
            json().properties().forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
            return fields;
        }
        try {
            new QueryStringDecoder(new String(bytes, StandardCharsets.UTF_8), false).parameters()
                    .forEach((name, values) -> fields.put(name, values.get(values.size() - 1)));
        } catch (IllegalArgumentException malformed) {
            return Map.of();
        }
        return fields;
    }
}
