package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One value within a route file.
 *
 * @param names the names on the way to it, positions in lists left out: {@code [route, from, steps, setBody, simple]}
 */
record RouteNode(JsonPointer pointer, List<String> names, JsonNode value) {

    RouteNode {
        names = List.copyOf(names);
    }

    /** The name it stands under. */
    String key() {
        return name(1);
    }

    /** The name that its surrounding mapping stands under. */
    String owner() {
        return name(2);
    }

    private String name(int fromEnd) {
        return names.size() < fromEnd ? "" : names.get(names.size() - fromEnd);
    }

    boolean isText() {
        return value.isTextual();
    }

    /** Any scalar as text; empty for mappings and lists. */
    String text() {
        return value.asText("");
    }

    String text(String field) {
        return value.path(field).asText("");
    }

    /** Tells whether it stands below an outermost name of the file. */
    boolean isWithin(String outermost) {
        return names.indexOf(outermost) == 0;
    }

    boolean contains(RouteNode other) {
        return other.pointer.toString().startsWith(pointer + "/");
    }
}
