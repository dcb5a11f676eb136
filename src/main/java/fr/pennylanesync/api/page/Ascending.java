package fr.pennylanesync.api.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Finds the fewest items to leave out of a page so that the ids of the others ascend. */
final class Ascending {

    private static final int NONE = -1;

    private final List<ObjectNode> items;
    private final long[] ids;

    /** @param items each with an id */
    Ascending(List<ObjectNode> items) {
        this.items = items;
        this.ids = items.stream().mapToLong(item -> item.path("id").longValue()).toArray();
    }

    List<ObjectNode> longest() {
        int[] length = new int[ids.length];
        int[] before = new int[ids.length];
        int last = NONE;
        for (int i = 0; i < ids.length; i++) {
            length[i] = 1;
            before[i] = NONE;
            for (int j = 0; j < i; j++) {
                if (ids[j] < ids[i] && length[j] >= length[i]) {
                    length[i] = length[j] + 1;
                    before[i] = j;
                }
            }
            if (last == NONE || length[i] > length[last]) {
                last = i;
            }
        }
        Deque<ObjectNode> kept = new ArrayDeque<>();
        for (int i = last; i != NONE; i = before[i]) {
            kept.addFirst(items.get(i));
        }
        return List.copyOf(kept);
    }
}
