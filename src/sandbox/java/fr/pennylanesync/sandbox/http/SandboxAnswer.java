package fr.pennylanesync.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What is sent back, before faults of the body. */
record SandboxAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {

    static SandboxAnswer json(int status, JsonNode node) {
        return new SandboxAnswer(status, "application/json; charset=utf-8", JsonBytes.of(node), Map.of());
    }

    static SandboxAnswer text(int status, String text) {
        return new SandboxAnswer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static SandboxAnswer html(int status, String title) {
        String page = String.format(Locale.ROOT,
                "<!DOCTYPE html><html><head><title>%s</title></head><body><h1>%s</h1></body></html>", title, title);
        return new SandboxAnswer(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static SandboxAnswer empty(int status) {
        return new SandboxAnswer(status, "text/plain", new byte[0], Map.of());
    }

    SandboxAnswer with(Map<String, String> moreHeaders) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(moreHeaders);
        return new SandboxAnswer(status, contentType, body, all);
    }
}
