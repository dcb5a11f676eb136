package fr.pennylanesync.api.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One page as received, decimals exact. Equal pages hold equal rows in the same order.
 *
 * @param items the rows
 * @param hasMore whether another page follows
 * @param nextCursor where it starts
 * @param included related rows by parent id, when they were asked for and the server knew how
 */
public record Page(
        List<ObjectNode> items, boolean hasMore, Optional<String> nextCursor, Map<Long, IncludedList> included) {

    public Page {
        items = List.copyOf(items);
        included = Collections.unmodifiableMap(new LinkedHashMap<>(included));
    }

    /** Returns the id of the last row; the page has one. */
    public long lastId() {
        return items.get(items.size() - 1).path("id").longValue();
    }

    /** Counts only: rows may name people. */
    @Override
    public String toString() {
        return "Page[" + items.size() + " items, hasMore=" + hasMore + ", " + included.size() + " included]";
    }
}
