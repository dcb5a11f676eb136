package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The page of a list, as it is about to be served.
 *
 * @param usedCursor the cursor of the request, null for the first page
 * @param endCursor the cursor that stands behind the last item, null without items
 * @param outsider a record that the filter excludes; empty without a filter
 */
public record ListPage(List<? extends JsonNode> items, boolean hasMore, String nextCursor, String usedCursor,
        String endCursor, Supplier<Optional<ObjectNode>> outsider) {

    public ListPage withItems(List<? extends JsonNode> others) {
        return new ListPage(others, hasMore, nextCursor, usedCursor, endCursor, outsider);
    }

    public ListPage followedBy(String cursor) {
        return new ListPage(items, true, cursor, usedCursor, endCursor, outsider);
    }

    /** The same as the last one of its list. */
    public ListPage ending() {
        return new ListPage(items, false, null, usedCursor, endCursor, outsider);
    }

    ObjectNode envelope() {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.putArray("items").addAll(items);
        return envelope.put("has_more", hasMore).put("next_cursor", nextCursor);
    }
}
