package fr.pennylanesync.api.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/**
 * Evaluates a condition on a row, for the two fields whose meaning is beyond doubt: {@code id} and {@code date}. A row
 * without a date satisfies no condition on the date. Conditions on other fields are the server's own business.
 */
final class RowFilter {

    private RowFilter() {}

    static boolean satisfies(Condition condition, JsonNode row) {
        boolean checkable = condition.field().equals("id") || condition.field().equals("date");
        return !checkable || satisfies(condition.operator(), row.path(condition.field()), condition.value());
    }

    private static boolean satisfies(Operator operator, JsonNode actual, JsonNode expected) {
        if (actual.isNull() || actual.isMissingNode()) {
            return false;
        }
        return switch (operator) {
            case LT -> compare(actual, expected) < 0;
            case LTEQ -> compare(actual, expected) <= 0;
            case GT -> compare(actual, expected) > 0;
            case GTEQ -> compare(actual, expected) >= 0;
            case IN -> contains(expected, actual);
        };
    }

    private static boolean contains(JsonNode list, JsonNode actual) {
        return StreamSupport.stream(list.spliterator(), false).anyMatch(value -> compare(actual, value) == 0);
    }

    // Dates are written year first, so their texts compare like the dates.
    private static int compare(JsonNode actual, JsonNode expected) {
        if (actual.isIntegralNumber() && expected.isIntegralNumber()) {
            return Long.compare(actual.longValue(), expected.longValue());
        }
        return actual.asText().compareTo(expected.asText());
    }
}
