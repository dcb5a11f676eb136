package fr.pennylanesync.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What is sent back, before faults of the body. */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {

    static Answer json(int status, JsonNode node) {
        return new Answer(status, "application/json; charset=utf-8", JsonBytes.of(node), Map.of());
    }

    static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer html(int status, String title) {
        String page = "<!DOCTYPE html><html><head><title>%s</title></head><body><h1>%s</h1></body></html>"
                .formatted(title, title);
        return new Answer(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer empty(int status) {
        return new Answer(status, "text/plain", new byte[0], Map.of());
    }

    Answer with(Map<String, String> moreHeaders) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(moreHeaders);
        return new Answer(status, contentType, body, all);
    }
}
