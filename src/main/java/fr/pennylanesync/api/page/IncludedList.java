package fr.pennylanesync.api.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Related rows that came with a page: at most 20 per parent.
 *
 * @param items the rows
 * @param hasMore true when the parent has more of them than came along: its own list must be read
 */
public record IncludedList(List<ObjectNode> items, boolean hasMore) {

    public IncludedList {
        items = List.copyOf(items);
    }

    /** Counts only: rows may name people. */
    @Override
    public String toString() {
        return "IncludedList[" + items.size() + " items, hasMore=" + hasMore + "]";
    }
}
