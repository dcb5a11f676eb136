package fr.pennylanesync.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A changelog: given events, oldest first, from {@code start_date} on or behind a cursor.
 *
 * @param inclusive whether {@code start_date} brings the events of that very instant
 * @param pageSize the most events of a page, whatever is asked for
 */
public record ScriptedFeed(String path, boolean inclusive, int pageSize, List<ObjectNode> events) {

    private static final String EMPTY_CURSOR = "0";

    public ScriptedFeed(String path, boolean inclusive, int pageSize) {
        this(path, inclusive, pageSize, new CopyOnWriteArrayList<>());
    }

    /** From now on these are served too, whenever they say they were processed. */
    public void publish(JsonNode more) {
        more.forEach(event -> events.add((ObjectNode) event));
    }

    /** @param query decoded parameters */
    String answer(Map<String, String> query) {
        String[] cursor = query.getOrDefault("cursor", EMPTY_CURSOR + "@" + query.get("start_date")).split("@");
        int from = Integer.parseInt(cursor[0]);
        Instant start = Instant.parse(cursor[1]);
        List<ObjectNode> served = new ArrayList<>(events.stream().filter(event -> isServed(event, start)).toList());
        served.sort(Comparator.comparing(ScriptedFeed::processedAt));
        int to = Math.min(served.size(), from + pageSize);
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        served.subList(Math.min(from, to), to).forEach(items::add);
        boolean hasMore = to < served.size();
        page.put("has_more", hasMore).put("next_cursor", hasMore ? to + "@" + start : null);
        return page.toString();
    }

    private boolean isServed(ObjectNode event, Instant start) {
        Instant at = processedAt(event);
        return at.isAfter(start) || inclusive && at.equals(start);
    }

    private static Instant processedAt(ObjectNode event) {
        return Instant.parse(event.path("processed_at").asText());
    }
}
