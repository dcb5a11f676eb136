package fr.pennylanesync.stream;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The facts within a stream file: typed access to their values, and faults that name the line in the file. */
final class FactsBlock {

    private final String file;
    private final LocatedYaml yaml;
    private final JsonPointer at;
    private final JsonNode facts;
    private final Map<String, FactsFault> faults = new LinkedHashMap<>();

    /**
     * @param file how to name the file in a fault
     * @param yaml the whole file
     * @param at where in it the facts stand
     * @throws RoutesException if they are no YAML mapping
     */
    FactsBlock(String file, LocatedYaml yaml, JsonPointer at) {
        this.file = file;
        this.yaml = yaml;
        this.at = at;
        this.facts = yaml.root().at(at);
        if (!facts.isObject()) {
            fault("", "the facts are not a YAML mapping", "write `key: value` lines below `properties:`");
            refuseIfFaulty();
        }
    }

    boolean has(Fact fact) {
        return facts.has(fact.key());
    }

    Optional<String> text(Fact fact) {
        JsonNode value = facts.path(fact.key());
        if (!value.isMissingNode() && !value.isTextual()) {
            fault(fact, "`" + fact.key() + "` is not a text", "write `" + fact.key() + ": some_name`");
        }
        return Optional.ofNullable(value.textValue());
    }

    boolean flag(Fact fact, boolean otherwise) {
        JsonNode value = facts.path(fact.key());
        if (!value.isMissingNode() && !value.isBoolean()) {
            fault(fact, "`" + fact.key() + "` is neither true nor false",
                    "write `" + fact.key() + ": " + !otherwise + "`");
        }
        return value.asBoolean(otherwise);
    }

    int number(Fact fact, int otherwise) {
        JsonNode value = facts.path(fact.key());
        if (!value.isMissingNode() && !value.isInt()) {
            fault(fact, "`" + fact.key() + "` is not a whole number", "write `" + fact.key() + ": " + otherwise + "`");
        }
        return value.asInt(otherwise);
    }

    /** The lines below a fact, in their order; a line without a value gives an empty text. */
    Map<String, String> lines(Fact fact) {
        JsonNode value = facts.path(fact.key());
        if (!value.isMissingNode() && !value.isObject()) {
            fault(fact, "`" + fact.key() + "` is not a mapping",
                    "write one indented `name: value` line each below `" + fact.key() + ":`");
        }
        Map<String, String> lines = new LinkedHashMap<>();
        value.fields().forEachRemaining(line -> lines.put(line.getKey(), line.getValue().asText("")));
        return lines;
    }

    FactsFault faultAt(Fact fact, String rule, String remedy) {
        return faultAt(fact.key(), rule, remedy);
    }

    FactsFault faultAt(Fact fact, String line, String rule, String remedy) {
        return faultAt(at(fact, line), rule, remedy);
    }

    /** Notes a fault; the first at a place stands for what follows from it. */
    void fault(Fact fact, String rule, String remedy) {
        fault(fact.key(), rule, remedy);
    }

    /** Notes a fault of one of the lines below a fact. */
    void fault(Fact fact, String line, String rule, String remedy) {
        fault(at(fact, line), rule, remedy);
    }

    /** Notes a fault of each key that names no fact. */
    void faultUnknown() {
        facts.fieldNames().forEachRemaining(key -> {
            if (Fact.named(key).isEmpty()) {
                fault(key, "unknown fact `" + key + "`", "use one of " + Fact.keys());
            }
        });
    }

    private static String at(Fact fact, String line) {
        return fact.key() + "/" + line;
    }

    /** Takes the place below the facts, which is empty for the block as a whole. */
    private void fault(String place, String rule, String remedy) {
        faults.putIfAbsent(place, faultAt(place, rule, remedy));
    }

    private FactsFault faultAt(String place, String rule, String remedy) {
        JsonPointer pointer = place.isEmpty() ? at : at.append(JsonPointer.compile("/" + place));
        return new FactsFault(file, yaml.line(pointer), rule, remedy);
    }

    void refuseIfFaulty() {
        if (!faults.isEmpty()) {
            throw new RoutesException(
                    faults.values().stream().sorted(Comparator.comparingInt(FactsFault::line)).toList());
        }
    }
}
