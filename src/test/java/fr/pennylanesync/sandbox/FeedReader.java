package fr.pennylanesync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads a change feed to its end, as documented: {@code start_date} with the first page, then the cursor. */
final class FeedReader {

    private FeedReader() {}

    /** @param parameters of the first page, names and values alternating */
    static List<JsonNode> events(Caller caller, String feed, Object... parameters) {
        List<JsonNode> events = new ArrayList<>();
        JsonNode page = caller.json("/changelogs/" + feed, parameters);
        page.path("items").forEach(events::add);
        while (page.path("has_more").asBoolean()) {
            page = caller.json("/changelogs/" + feed,
                    Stream.of("cursor", page.path("next_cursor").asText(), "limit", 100).toArray());
            page.path("items").forEach(events::add);
        }
        return events;
    }
}
