package fr.pennylanesync.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;

/**
 * One file of {@code routes/streams/}: a route of one step that hands its facts on. The route runs them; this class reads the same block
 * for everything that must know all streams at once (tables, status, reference).
 */
public final class StreamFile {

    /** The exchange variable that carries the facts. */
    public static final String VARIABLE = "stream";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private StreamFile() {}

    /**
     * @param file the file's name, e.g. {@code customers.yaml}; its stem is the stream's name
     * @throws FactsRefused if this is not a stream file, with every fault found
     */
    public static StreamDefinition read(String file, String content) {
        String name = file.substring(0, file.lastIndexOf('.'));
        JsonNode route = route(file, content);
        if (!name.equals(route.path("id").textValue())) {
            throw refused(file, "the route's id is not the file's stem", "set `id: " + name + "`");
        }
        if (!("direct:" + name).equals(route.path("from").path("uri").textValue())) {
            throw refused(file, "the route does not start at direct:" + name, "set `from.uri: direct:" + name + "`");
        }
        for (JsonNode step : route.path("from").path("steps")) {
            JsonNode variable = step.path("setVariable");
            if (VARIABLE.equals(variable.path("name").textValue()) && variable.path("constant").isTextual()) {
                return Facts.read(name, file, route.path("description").asText(""), variable.path("constant").textValue());
            }
        }
        throw refused(file, "no step sets the variable `stream`", "begin with `setVariable: {name: stream, constant: |…}`");
    }

    /** The definition for facts that arrive on an exchange, named by the route they came from. */
    public static StreamDefinition ofFacts(String name, String facts) {
        return Facts.read(name, name + ".yaml", "", facts);
    }

    private static JsonNode route(String file, String content) {
        try {
            JsonNode root = YAML.readTree(content);
            if (root != null && root.isArray() && root.size() == 1 && root.get(0).has("route")) {
                return root.get(0).get("route");
            }
        } catch (JsonProcessingException e) {
            throw new FactsRefused(List.of(new Fault(file, e.getLocation().getLineNr(), "not valid YAML", "mend the line")));
        }
        throw refused(file, "not exactly one route", "one file holds one `- route:`");
    }

    private static FactsRefused refused(String file, String rule, String remedy) {
        return new FactsRefused(List.of(new Fault(file, 0, rule, remedy)));
    }
}
