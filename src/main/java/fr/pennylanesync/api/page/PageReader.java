package fr.pennylanesync.api.page;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a body as the documented envelope ({@code items, has_more, next_cursor}) and as nothing else: an error object
 * or a page of HTML under status 200 is a failure, never an empty page. Unknown fields are normal.
 */
public final class PageReader {

    private final String path;
    private final boolean takesOddItems;

    private PageReader(String path, boolean takesOddItems) {
        this.path = path;
        this.takesOddItems = takesOddItems;
    }

    /** Reads a list. Closing the body stays with the caller. */
    public static Page read(InputStream body, String path, ReadLimits limits, Deadline deadline) {
        return read(readRecord(body, path, limits, deadline), path);
    }

    /**
     * Reads a list that is parsed already.
     *
     * @throws SyncException if it is not the documented envelope
     */
    public static Page read(JsonNode answer, String path) {
        return new PageReader(path, false).page(answer);
    }

    /**
     * Reads an object that is parsed already as a list: each of its fields is an item with {@code name} and
     * {@code value}.
     *
     * @throws SyncException if it is no object, or none of its fields is true or false: a feature is on or off
     */
    public static Page readFields(JsonNode answer, String path) {
        ObjectNode root = readRecord(answer, path);
        List<ObjectNode> items = new ArrayList<>(root.size());
        boolean known = root.isEmpty();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            known |= field.getValue().isBoolean();
            items.add(JsonNodeFactory.instance.objectNode().put("name", field.getKey())
                    .set("value", field.getValue()));
        }
        if (!known) {
            throw FailureFacts.at(path).failure(ApiErrorCode.NOT_AN_ENVELOPE);
        }
        return new Page(items, false, Optional.empty(), Map.of());
    }

    /**
     * Reads a list that is parsed already, in which items may be no objects: they become items of which nothing is
     * left.
     *
     * @throws SyncException if it is not the documented envelope
     */
    public static Page readWithOddItems(JsonNode answer, String path) {
        return new PageReader(path, true).page(answer);
    }

    private Page page(JsonNode answer) {
        ObjectNode root = readRecord(answer, path);
        List<ObjectNode> items = items(root);
        Optional<String> nextCursor = nextCursor(root, path);
        boolean hasMore = hasMore(root, nextCursor, items.size(), path);
        return new Page(items, hasMore, nextCursor, included(root));
    }

    /** Reads a single record, such as an answer of get-one. */
    public static ObjectNode readRecord(InputStream body, String path, ReadLimits limits, Deadline deadline) {
        BoundedStream bounded = new BoundedStream(body, path, limits, deadline);
        try {
            return readRecord(tree(bounded, path), path);
        } finally {
            bounded.release();
        }
    }

    /** Reads a single record that is parsed already. */
    public static ObjectNode readRecord(JsonNode root, String path) {
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw FailureFacts.at(path)
                .failure(root.isMissingNode() ? ApiErrorCode.NOT_JSON : ApiErrorCode.NOT_AN_ENVELOPE);
    }

    private static JsonNode tree(InputStream body, String path) {
        try {
            return ExactJson.MAPPER.readTree(body);
        } catch (IOException unreadable) {
            throw unreadable(unreadable, path);
        }
    }

    /**
     * Returns the failure of an answer that no parser could read.
     *
     * @param problem of the parser: Jackson reports undecodable bytes this way too; the socket's own errors are typed
     * by the stream already
     */
    public static SyncException unreadable(IOException problem, String path) {
        return FailureFacts.at(path).failure(problem instanceof StreamConstraintsException
                ? ApiErrorCode.JSON_LIMIT_EXCEEDED
                : ApiErrorCode.NOT_JSON);
    }

    private List<ObjectNode> items(ObjectNode owner) {
        JsonNode list = owner.path("items");
        if (!list.isArray()) {
            throw FailureFacts.at(path).failure(ApiErrorCode.NOT_AN_ENVELOPE);
        }
        List<ObjectNode> items = new ArrayList<>(list.size());
        for (JsonNode item : list) {
            items.add(object(item, items.size()));
        }
        return items;
    }

    private ObjectNode object(JsonNode item, int index) {
        if (item instanceof ObjectNode object) {
            return object;
        }
        ErrorCode code = item.isNull() ? ApiErrorCode.NULL_ITEM : ApiErrorCode.NOT_AN_ENVELOPE;
        if (takesOddItems) {
            return DamagedItem.ofNothing(item.isNull() ? code.name() : "NOT_AN_OBJECT", ItemText.of(item));
        }
        throw FailureFacts.at(path).number("item", index).failure(code);
    }

    private static Optional<String> nextCursor(ObjectNode owner, String path) {
        JsonNode cursor = owner.path("next_cursor");
        if (cursor.isNull() || cursor.isMissingNode()) {
            return Optional.empty();
        }
        if (!cursor.isTextual() || cursor.textValue().isEmpty()) {
            throw FailureFacts.at(path).failure(ApiErrorCode.NOT_AN_ENVELOPE);
        }
        return Optional.of(cursor.textValue());
    }

    /**
     * Some lists declare {@code has_more} nullable: the cursor then decides. Where the two disagree, reading on is the
     * side that loses nothing: a cursor beside {@code has_more: false} is followed unless the page is empty.
     */
    private static boolean hasMore(ObjectNode owner, Optional<String> nextCursor, int itemCount, String path) {
        JsonNode flag = owner.path("has_more");
        boolean neither = flag.isMissingNode() && !owner.has("next_cursor");
        boolean readable = flag.isBoolean() || flag.isNull() || flag.isMissingNode();
        if (neither || !readable) {
            throw FailureFacts.at(path).failure(ApiErrorCode.NOT_AN_ENVELOPE);
        }
        if (flag.asBoolean(false) && nextCursor.isEmpty()) {
            throw FailureFacts.at(path).failure(ApiErrorCode.HAS_MORE_WITHOUT_CURSOR);
        }
        return nextCursor.isPresent() && (flag.asBoolean(false) || itemCount > 0);
    }

    // The include is experimental: anything but the known shape counts as absent, and the lists are read one by one.
    private static Map<Long, IncludedList> included(ObjectNode root) {
        JsonNode relations = root.path("included");
        if (!relations.isObject() || relations.size() != 1) {
            return Map.of();
        }
        Map<Long, IncludedList> byParent = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : entries(relations.elements().next())) {
            includedList(entry.getValue())
                    .ifPresent(list -> parentId(entry.getKey()).ifPresent(id -> byParent.put(id, list)));
        }
        return byParent;
    }

    private static Set<Map.Entry<String, JsonNode>> entries(JsonNode node) {
        return node instanceof ObjectNode object ? object.properties() : Set.of();
    }

    private static Optional<IncludedList> includedList(JsonNode node) {
        if (!(node instanceof ObjectNode list) || !list.path("items").isArray()) {
            return Optional.empty();
        }
        boolean follows = list.path("next_cursor").isTextual();
        if (!list.path("has_more").isBoolean() && !follows) {
            // It does not say whether it is whole.
            return Optional.empty();
        }
        boolean more = list.path("has_more").asBoolean(false) || follows;
        List<ObjectNode> items = new ArrayList<>();
        Set<Long> ids = new HashSet<>();
        for (JsonNode item : list.path("items")) {
            boolean known = item instanceof ObjectNode object && PageCheck.idOf(object).filter(ids::add).isPresent();
            if (!known) {
                return Optional.empty();
            }
            items.add((ObjectNode) item);
        }
        return Optional.of(new IncludedList(items, more));
    }

    private static Optional<Long> parentId(String key) {
        try {
            return Optional.of(Long.valueOf(key));
        } catch (NumberFormatException notAnId) {
            return Optional.empty();
        }
    }
}
