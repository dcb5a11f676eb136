package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.regex.Pattern;

/** A boolean or a number that a route writes in quotes, or leaves to a placeholder. */
final class QuotedScalar {

    private static final Pattern BOOLEAN = Pattern.compile("true|false|\\{\\{[^}]+}}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?|\\{\\{[^}]+}}");
    private static final List<String> NUMBERS = List.of("number", "integer");

    private QuotedScalar() {}

    /** Replaces the value that a message complains of by what it stands for; false if it is nothing of the kind. */
    static boolean unquote(JsonNode root, ValidationMessage message) {
        JsonPointer pointer = JsonPointer.compile(message.getInstanceLocation().toString());
        if (!"type".equals(message.getType()) || !root.at(pointer).isTextual()
                || !(root.at(pointer.head()) instanceof ObjectNode owner)) {
            return false;
        }
        String text = root.at(pointer).textValue();
        String expected = String.valueOf(message.getArguments()[1]);
        if (expected.equals("boolean") && BOOLEAN.matcher(text).matches()) {
            owner.set(pointer.last().getMatchingProperty(), JsonNodeFactory.instance.booleanNode(true));
            return true;
        }
        if (NUMBERS.contains(expected) && NUMBER.matcher(text).matches()) {
            owner.set(pointer.last().getMatchingProperty(), JsonNodeFactory.instance.numberNode(0));
            return true;
        }
        return false;
    }
}
