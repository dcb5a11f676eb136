package fr.pennylanesync.stream;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The block of facts within a stream file: typed access to its values, and faults that name the line in the file. */
final class FactsBlock {

    private final String file;
    private final int lineAbove;
    private final LocatedYaml yaml;
    private final Map<String, Fault> faults = new LinkedHashMap<>();

    /**
     * @param file how to name the file in a fault
     * @param lineAbove the line of the file below which the block begins: that of {@code constant: |}
     * @throws RoutesException if the block is no YAML mapping
     */
    FactsBlock(String file, int lineAbove, String text) {
        this.file = file;
        this.lineAbove = lineAbove;
        this.yaml = read(file, lineAbove, text);
        if (!yaml.root().isObject()) {
            fault("", "the facts are not a YAML mapping", "write `key: value` lines below `constant: |`");
            refuseIfFaulty();
        }
    }

    private static LocatedYaml read(String file, int lineAbove, String text) {
        try {
            return LocatedYaml.read(file, text);
        } catch (RoutesException refused) {
            throw new RoutesException(refused.faults().stream()
                    .map(fault -> new Fault(file, lineAbove + fault.line(), fault.rule(), fault.remedy())).toList());
        }
    }

    Iterator<String> keys() {
        return yaml.root().fieldNames();
    }

    Optional<String> text(String key) {
        JsonNode value = yaml.root().path(key);
        if (!value.isMissingNode() && !value.isTextual()) {
            fault(key, "`" + key + "` is not a text", "write `" + key + ": some_name`");
        }
        return Optional.ofNullable(value.textValue());
    }

    boolean flag(String key, boolean otherwise) {
        JsonNode value = yaml.root().path(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            fault(key, "`" + key + "` is neither true nor false", "write `" + key + ": " + !otherwise + "`");
        }
        return value.asBoolean(otherwise);
    }

    int number(String key, int otherwise) {
        JsonNode value = yaml.root().path(key);
        if (!value.isMissingNode() && !value.isInt()) {
            fault(key, "`" + key + "` is not a whole number", "write `" + key + ": " + otherwise + "`");
        }
        return value.asInt(otherwise);
    }

    /** The lines below a key, in their order; a line without a value gives an empty text. */
    Map<String, String> lines(String key) {
        JsonNode value = yaml.root().path(key);
        if (!value.isMissingNode() && !value.isObject()) {
            fault(key, "`" + key + "` is not a mapping", "write one indented `name: value` line each below `" + key + ":`");
        }
        Map<String, String> lines = new LinkedHashMap<>();
        value.fields().forEachRemaining(line -> lines.put(line.getKey(), line.getValue().asText("")));
        return lines;
    }

    /** @param at the key that is wrong, as {@code key} or {@code key/line}; empty for the block as a whole */
    Fault faultAt(String at, String rule, String remedy) {
        JsonPointer pointer = at.isEmpty() ? JsonPointer.empty() : JsonPointer.compile("/" + at);
        return new Fault(file, lineAbove + yaml.line(pointer), rule, remedy);
    }

    /** Notes a fault; the first at a place stands for what follows from it. */
    void fault(String at, String rule, String remedy) {
        faults.putIfAbsent(at, faultAt(at, rule, remedy));
    }

    void refuseIfFaulty() {
        if (!faults.isEmpty()) {
            throw new RoutesException(faults.values().stream().sorted(Comparator.comparingInt(Fault::line)).toList());
        }
    }
}
