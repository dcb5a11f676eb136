package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.IncludedList;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * A list of Pennylane in memory: it filters, sorts and pages as its real counterpart does, and keeps the requests. A
 * cursor is the last id of the page before.
 */
final class FakeList {

    private final TreeMap<Long, ObjectNode> rows = new TreeMap<>();
    private final List<PageRequest> requests = new ArrayList<>();

    static FakeList of(Collection<Long> ids) {
        FakeList list = new FakeList();
        ids.forEach(list::add);
        return list;
    }

    static FakeList of(long... ids) {
        FakeList list = new FakeList();
        for (long id : ids) {
            list.add(id);
        }
        return list;
    }

    /** Adds a record, or replaces it, and returns it for more fields. */
    ObjectNode add(long id) {
        rows.put(id, item(id));
        return rows.get(id);
    }

    void remove(long id) {
        rows.remove(id);
    }

    List<Long> ids() {
        return List.copyOf(rows.keySet());
    }

    List<PageRequest> requests() {
        return requests;
    }

    PageRequest lastRequest() {
        return requests.get(requests.size() - 1);
    }

    Page answer(PageRequest request) {
        requests.add(request);
        List<ObjectNode> matching = new ArrayList<>(rows.values().stream()
                .filter(row -> request.conditions().stream().allMatch(condition -> holds(condition, row))).toList());
        boolean descending = request.sort().filter("-id"::equals).isPresent();
        if (descending) {
            Collections.reverse(matching);
        }
        request.cursor().map(Long::valueOf)
                .ifPresent(last -> matching.removeIf(row -> descending ? id(row) >= last : id(row) <= last));
        boolean more = request.isPaged() && matching.size() > request.limit();
        List<ObjectNode> items = more ? matching.subList(0, request.limit()) : matching;
        return page(items, more ? Optional.of(Long.toString(id(items.get(items.size() - 1)))) : Optional.empty());
    }

    private static long id(ObjectNode row) {
        return row.path("id").longValue();
    }

    private static boolean holds(Condition condition, ObjectNode row) {
        JsonNode actual = row.path(condition.field());
        JsonNode value = condition.value();
        return switch (condition.operator()) {
            case GT -> compare(actual, value) > 0;
            case LTEQ -> compare(actual, value) <= 0;
            case GTEQ -> compare(actual, value) >= 0;
            case LT -> compare(actual, value) < 0;
            case IN -> StreamSupport.stream(value.spliterator(), false).anyMatch(one -> compare(actual, one) == 0);
            default -> throw new IllegalArgumentException("no pass asks with " + condition.operator());
        };
    }

    private static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() ? Long.compare(one.longValue(), other.longValue())
                : one.asText().compareTo(other.asText());
    }

    static ObjectNode item(long id) {
        return JsonNodeFactory.instance.objectNode().put("id", id).put("label", "record " + id);
    }

    static Page page(List<ObjectNode> items, Optional<String> cursor) {
        return new Page(items, cursor.isPresent(), cursor, Map.of());
    }

    /** Returns a page of records of these ids that is the last one. */
    static Page lastPage(long... ids) {
        return page(items(ids), Optional.empty());
    }

    /** Returns a page of records of these ids; more follow behind the cursor. */
    static Page pageBefore(String cursor, long... ids) {
        return page(items(ids), Optional.of(cursor));
    }

    private static List<ObjectNode> items(long... ids) {
        List<ObjectNode> items = new ArrayList<>();
        for (long id : ids) {
            items.add(item(id));
        }
        return items;
    }

    /** Returns the page with sub-lists. */
    static Page including(Page page, Map<Long, IncludedList> included) {
        return new Page(page.items(), page.hasMore(), page.nextCursor(), included);
    }
}
