package fr.pennylanesync.api.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An item of a page of which something could not be taken: what is left of it as an object, and the whole of it as
 * text. It is told from a sound item by its type only, so that everything that reads items reads what is left.
 */
public final class DamagedItem extends ObjectNode {

    private static final long serialVersionUID = 1;

    private final String reason;
    private final String text;

    private DamagedItem(Map<String, JsonNode> left, String reason, String text) {
        super(JsonNodeFactory.withExactBigDecimals(true), left);
        this.reason = reason;
        this.text = text;
    }

    /** Makes an item of an object that lacks the fields that could not be taken. */
    static DamagedItem of(ObjectNode left, String reason, String text) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        left.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return new DamagedItem(fields, reason, text);
    }

    /** Makes an item of what is no object: nothing is left of it. */
    static DamagedItem ofNothing(String reason, String text) {
        return new DamagedItem(new LinkedHashMap<>(), reason, text);
    }

    /** Returns why, as a code. */
    public String reason() {
        return reason;
    }

    /** Returns the item as it was received, without white space and cut where it is very long. */
    public String text() {
        return text;
    }

    /** Says that it is one, and nothing of what it holds. */
    @Override
    public String toString() {
        return "DamagedItem[" + reason + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DamagedItem item && super.equals(other) && item.text.equals(text)
                && item.reason.equals(reason);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + text.hashCode();
    }
}
