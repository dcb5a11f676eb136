package fr.pennylanesync.api.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One condition of a filter; the conditions of a request are ANDed.
 *
 * @param field the field's name at the endpoint, such as {@code id} or {@code date}
 * @param operator how the field is compared
 * @param value a number, text or truth value; for IN a list of 1 to {@link #LARGEST_LIST} of them
 */
public record Condition(String field, Operator operator, JsonNode value) {

    /** Pennylane documents no limit for a list; 100 ids are one page and keep the address below 4 kB. */
    public static final int LARGEST_LIST = 100;

    private static final Pattern FIELD = Pattern.compile("[a-z][a-z_]{0,60}");

    public Condition {
        if (!FIELD.matcher(field).matches()) {
            throw new IllegalArgumentException("a filter field is a lower-case name with underscores");
        }
        value = value.deepCopy();
        requireShape(operator, value);
    }

    public static Condition of(String field, Operator operator, long value) {
        return new Condition(field, operator, LongNode.valueOf(value));
    }

    public static Condition of(String field, Operator operator, LocalDate value) {
        return new Condition(field, operator, TextNode.valueOf(value.toString()));
    }

    public static Condition in(String field, Collection<Long> values) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.forEach(list::add);
        return new Condition(field, Operator.IN, list);
    }

    /** The value; a list is a copy that the caller may change. */
    @Override
    public JsonNode value() {
        return value.deepCopy();
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance.objectNode()
                .put("field", field)
                .put("operator", operator.wireName())
                .set("value", value);
    }

    private static void requireShape(Operator operator, JsonNode value) {
        if (operator.takesList() != value.isArray()) {
            throw new IllegalArgumentException("in takes a list, every other operator a single value");
        }
        if (value.isArray() && (value.isEmpty() || value.size() > LARGEST_LIST)) {
            throw new IllegalArgumentException("a list holds 1 to " + LARGEST_LIST + " values, not " + value.size());
        }
        Iterable<JsonNode> scalars = value.isArray() ? value : List.of(value);
        scalars.forEach(Condition::requireScalar);
    }

    private static void requireScalar(JsonNode scalar) {
        boolean known = scalar.isIntegralNumber() || scalar.isBoolean() || scalar.isTextual();
        if (!known) {
            throw new IllegalArgumentException("a filter value is a whole number, a text or a truth value");
        }
        // A lone surrogate has no UTF-8 form: it would reach the server as a question mark.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(scalar.asText())) {
            throw new IllegalArgumentException("a filter text must be valid Unicode");
        }
    }
}
