package fr.pennylanesync.api.page;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import java.util.BitSet;
import java.util.Map;

/**
 * Writes JSON as text, token by token as it is read, so that nothing of it needs a place in a tree. What is beyond the
 * limit is counted only.
 */
final class ItemText {

    /** Enough for any record that a person can look through. */
    static final int LENGTH_MAX = 64 * 1024;

    private final StringBuilder out = new StringBuilder();
    private final BitSet begun = new BitSet();
    private long left;
    private int depth;
    private boolean named;

    /** Returns the text of a value that is in a tree. */
    static String of(JsonNode value) {
        ItemText out = new ItemText();
        out.value(value);
        return out.toString();
    }

    static String ofText(String value) {
        ItemText out = new ItemText();
        out.text(value);
        return out.toString();
    }

    static String ofLiteral(String spelled) {
        ItemText out = new ItemText();
        out.literal(spelled);
        return out.toString();
    }

    void start(boolean object) {
        separate();
        append(object ? "{" : "[");
        begun.clear(++depth);
    }

    void end(boolean object) {
        append(object ? "}" : "]");
        depth--;
    }

    void name(String name) {
        separate();
        append(quoted(name));
        append(":");
        named = true;
    }

    /** Writes a number, a truth value or null as it is spelled. */
    void literal(String spelled) {
        separate();
        append(spelled);
    }

    void text(String text) {
        separate();
        append(quoted(text));
    }

    /** Writes what is in a tree already, up to where it is open. */
    void open(ContainerNode<?> node) {
        start(node.isObject());
        if (node instanceof ArrayNode) {
            node.forEach(this::value);
        } else {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                name(field.getKey());
                value(field.getValue());
            }
        }
    }

    private void value(JsonNode value) {
        if (value instanceof ContainerNode<?> container) {
            open(container);
            end(value.isObject());
        } else if (value.isTextual()) {
            text(value.textValue());
        } else {
            literal(value.asText());
        }
    }

    private void separate() {
        if (!named && begun.get(depth)) {
            append(",");
        }
        begun.set(depth);
        named = false;
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private void append(String more) {
        int taken = Math.min(more.length(), LENGTH_MAX - out.length());
        out.append(more, 0, taken);
        left += more.length() - taken;
    }

    @Override
    public String toString() {
        return left == 0 ? out.toString() : out + "… (" + left + " characters more)";
    }
}
