package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Says how a mapping in a route file must be written: a route, a step, or what stands within one.
 *
 * @param at where the pattern stands in the table
 * @param value the fields that it must have, and no others
 * @param why the reason that is told when it is not so
 */
record StepPattern(JsonPointer at, JsonNode value, String why) {

    /** Stands for any value. */
    private static final String ANY = "*";
    private static final String WHY = "why";
    /** They change nothing that a route does. */
    private static final Set<String> FREE = Set.of("id", "description", "note");
    /** Their items are steps, one after the other, between which there may be others. */
    private static final Set<String> SEQUENCES = Set.of("steps", "onException");
    /** Names what is within a step, so that it does not tell the step from others. */
    private static final Set<String> INNER =
            Set.of("steps", "when", "otherwise", "doCatch", "doFinally", "parameters");
    /** Says what tells a step best, for people. */
    private static final List<String> NAMING = List.of("uri", "ref", "idempotentRepository", "simple", "pattern",
            "name", "exception");

    static StepPattern of(JsonPointer at, JsonNode value, String whyAround) {
        return new StepPattern(at, value, value.path(WHY).asText(whyAround));
    }

    /** The fields that must be there. */
    Stream<String> fields() {
        return value.properties().stream().map(Map.Entry::getKey).filter(name -> !name.equals(WHY));
    }

    /** The fields of a mapping that must not be there. */
    Stream<String> strangers(JsonNode found) {
        return found.properties().stream().map(Map.Entry::getKey)
                .filter(name -> !FREE.contains(name) && !value.has(name));
    }

    StepPattern field(String name) {
        return of(at.appendProperty(name), value.get(name), why);
    }

    StepPattern item(int index) {
        return of(at.appendIndex(index), value.get(index), why);
    }

    static boolean isSequence(String field) {
        return SEQUENCES.contains(field);
    }

    /** The step's name in Camel, of an item of a sequence. */
    String kind() {
        return fields().findFirst().orElseThrow();
    }

    /** Says how a finding names an item of a sequence: {@code bean landing.writeRows}. */
    String label() {
        JsonNode step = value.get(kind());
        JsonNode call = step.path("method").isObject() ? step.get("method") : step;
        if (call.has("method")) {
            return kind() + " " + call.get("ref").asText() + "." + call.get("method").asText();
        }
        return NAMING.stream().map(step::path).filter(JsonNode::isValueNode).findFirst()
                .map(name -> kind() + " " + name.asText()).orElse(kind());
    }

    /** Tells whether an item of a sequence is this step, whatever is within it. */
    boolean isThis(JsonNode found) {
        JsonNode step = value.get(kind());
        return found.has(kind()) && step.properties().stream().filter(field -> !INNER.contains(field.getKey()))
                .allMatch(field -> isSame(field.getValue(), found.get(kind()).path(field.getKey())));
    }

    /** Tells whether a value without steps in it is written as it must be. */
    boolean isSame(JsonNode found) {
        return isSame(value, found);
    }

    private static boolean isSame(JsonNode wanted, JsonNode found) {
        if (wanted.isValueNode()) {
            return wanted.asText().equals(ANY) ? !found.isMissingNode() : wanted.asText().equals(text(found));
        }
        if (wanted.getNodeType() != found.getNodeType() || wanted.size() != counted(found)) {
            return false;
        }
        return wanted.isArray() ? IntStream.range(0, wanted.size()).allMatch(i -> isSame(wanted.get(i), found.get(i)))
                : wanted.properties().stream()
                        .allMatch(field -> isSame(field.getValue(), found.path(field.getKey())));
    }

    private static int counted(JsonNode found) {
        return found.isArray() ? found.size()
                : (int) found.properties().stream().filter(field -> !FREE.contains(field.getKey())).count();
    }

    /** An expression says the same in its short and in its long form. */
    private static String text(JsonNode found) {
        boolean isLong = found.isObject() && found.has("expression") && counted(found) == 1;
        return (isLong ? found.get("expression") : found).asText("");
    }
}
