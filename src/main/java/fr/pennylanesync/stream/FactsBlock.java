package fr.pennylanesync.stream;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Iterator;
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

    Iterator<String> keys() {
        return facts.fieldNames();
    }

    boolean has(String key) {
        return facts.has(key);
    }

    Optional<String> text(String key) {
        JsonNode value = facts.path(key);
        if (!value.isMissingNode() && !value.isTextual()) {
            fault(key, "`" + key + "` is not a text", "write `" + key + ": some_name`");
        }
        return Optional.ofNullable(value.textValue());
    }

    boolean flag(String key, boolean otherwise) {
        JsonNode value = facts.path(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            fault(key, "`" + key + "` is neither true nor false", "write `" + key + ": " + !otherwise + "`");
        }
        return value.asBoolean(otherwise);
    }

    int number(String key, int otherwise) {
        JsonNode value = facts.path(key);
        if (!value.isMissingNode() && !value.isInt()) {
            fault(key, "`" + key + "` is not a whole number", "write `" + key + ": " + otherwise + "`");
        }
        return value.asInt(otherwise);
    }

    /** The lines below a key, in their order; a line without a value gives an empty text. */
    Map<String, String> lines(String key) {
        JsonNode value = facts.path(key);
        if (!value.isMissingNode() && !value.isObject()) {
            fault(key, "`" + key + "` is not a mapping",
                    "write one indented `name: value` line each below `" + key + ":`");
        }
        Map<String, String> lines = new LinkedHashMap<>();
        value.fields().forEachRemaining(line -> lines.put(line.getKey(), line.getValue().asText("")));
        return lines;
    }

    /** @param fact the key that is wrong, as {@code key} or {@code key/line}; empty for the block as a whole */
    FactsFault faultAt(String fact, String rule, String remedy) {
        JsonPointer pointer = fact.isEmpty() ? at : at.append(JsonPointer.compile("/" + fact));
        return new FactsFault(file, yaml.line(pointer), rule, remedy);
    }

    /** Notes a fault; the first at a place stands for what follows from it. */
    void fault(String fact, String rule, String remedy) {
        faults.putIfAbsent(fact, faultAt(fact, rule, remedy));
    }

    void refuseIfFaulty() {
        if (!faults.isEmpty()) {
            throw new RoutesException(
                    faults.values().stream().sorted(Comparator.comparingInt(FactsFault::line)).toList());
        }
    }
}
