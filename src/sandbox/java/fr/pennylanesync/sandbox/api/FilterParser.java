package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pennylanesync.sandbox.books.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the JSON of a {@code filter} parameter; refuses every field and operator that the endpoint does not offer. */
final class FilterParser {

    private static final int MOST_VALUES = 1000;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private FilterParser() {}

    static <R extends Row> List<FilterCondition<R>> parse(String text, Shape<R> shape) {
        JsonNode root = read(text);
        if (!root.isArray()) {
            throw Problem.badRequest("Invalid filter: an array of conditions was expected");
        }
        List<FilterCondition<R>> conditions = new ArrayList<>();
        root.forEach(node -> conditions.add(condition(node, shape)));
        return conditions;
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw Problem.badRequest("Invalid filter: not a JSON document");
        }
    }

    private static <R extends Row> FilterCondition<R> condition(JsonNode node, Shape<R> shape) {
        String name = node.path("field").asText("");
        FilterField<R> field = shape.filters().get(name);
        if (field == null) {
            throw Problem.badRequest("Filtering on field '" + name + "' is not allowed");
        }
        String text = node.path("operator").asText("");
        FilterOperator operator =
                Arrays.stream(FilterOperator.values()).filter(known -> known.text().equals(text)).findFirst()
                        .filter(field.operators()::contains)
                        .orElseThrow(() -> Problem.badRequest("Operator '" + text + "' is not allowed on field '" + name
                                + "'"));
        return FilterCondition.of(field, operator, values(field, operator, node.path("value")));
    }

    private static List<Comparable<?>> values(FilterField<?> field, FilterOperator operator, JsonNode value) {
        if (operator.takesList() != value.isArray()) {
            throw Problem.badRequest("Invalid value for field " + field.name() + ": operator " + operator.text()
                    + (operator.takesList() ? " takes a list" : " takes one value"));
        }
        if (value.size() > MOST_VALUES) {
            throw Problem.invalid("MoreThanMaxItems", "the value of " + field.name() + " has more than " + MOST_VALUES
                    + " items", "filter");
        }
        List<Comparable<?>> values = new ArrayList<>();
        if (!value.isArray()) {
            values.add(field.type().parse(field.name(), value));
        }
        value.forEach(item -> values.add(field.type().parse(field.name(), item)));
        return values;
    }
}
