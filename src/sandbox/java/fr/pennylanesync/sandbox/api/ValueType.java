package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * What a filter compares. Texts that spell an integer or a boolean are accepted, as Pennylane's own examples send them.
 */
public enum ValueType {
    INTEGER, TEXT, BOOLEAN, DATE;

    /** Reads the value of a condition, or refuses the request. */
    Comparable<?> parse(String field, JsonNode node) {
        return switch (this) {
            case INTEGER -> integer(field, node);
            case TEXT -> text(field, node);
            case BOOLEAN -> bool(field, node);
            case DATE -> date(field, node);
        };
    }

    private static Long integer(String field, JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        try {
            return Long.valueOf(node.isTextual() ? node.textValue() : "");
        } catch (NumberFormatException notANumber) {
            throw Problem.badRequest("Invalid value for field " + field + ": an integer was expected");
        }
    }

    private static String text(String field, JsonNode node) {
        if (!node.isValueNode() || node.isNull()) {
            throw Problem.badRequest("Invalid value for field " + field + ": a string was expected");
        }
        return node.asText();
    }

    private static Boolean bool(String field, JsonNode node) {
        if (!node.asText().equals("true") && !node.asText().equals("false")) {
            throw Problem.badRequest("Invalid value for field " + field + ": a boolean was expected");
        }
        return Boolean.valueOf(node.asText());
    }

    private static LocalDate date(String field, JsonNode node) {
        try {
            return LocalDate.parse(node.isTextual() ? node.textValue() : "");
        } catch (DateTimeParseException notADate) {
            throw Problem.invalid("InvalidDateFormat", "the value of " + field + " is not conformant with date format",
                    field);
        }
    }
}
