package fr.pennylanesync.api.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;

/** Finds the fewest items to leave out of a page so that the others are in order. */
final class Ascending {

    private static final int NONE = -1;

    private final List<ObjectNode> items;
    private final long[] keys;
    private final boolean repeats;

    private Ascending(List<ObjectNode> items, ToLongFunction<ObjectNode> key, boolean repeats) {
        this.items = items;
        this.keys = items.stream().mapToLong(key).toArray();
        this.repeats = repeats;
    }

    /** @param items each with an id; no two may have the same */
    static Ascending byId(List<ObjectNode> items) {
        return new Ascending(items, item -> item.path("id").longValue(), false);
    }

    /** @param key tells where an item belongs; several may have the same */
    static Ascending by(List<ObjectNode> items, ToLongFunction<ObjectNode> key) {
        return new Ascending(items, key, true);
    }

    List<ObjectNode> longest() {
        int[] length = new int[keys.length];
        int[] before = new int[keys.length];
        int last = NONE;
        for (int i = 0; i < keys.length; i++) {
            length[i] = 1;
            before[i] = NONE;
            for (int j = 0; j < i; j++) {
                if (follows(keys[j], keys[i]) && length[j] >= length[i]) {
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

    private boolean follows(long before, long behind) {
        return before < behind || repeats && before == behind;
    }
}
