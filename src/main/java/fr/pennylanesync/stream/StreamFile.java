package fr.pennylanesync.stream;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One file of {@code routes/streams/}: a route of one step that hands its facts on. The route runs them; this class reads the same block
 * for everything that must know all streams at once (tables, status, reference, lint).
 */
public final class StreamFile {

    /** The exchange variable that carries the facts. */
    public static final String VARIABLE = "stream";

    private static final String ROUTE = "/0/route";
    private static final String STEPS = ROUTE + "/from/steps";

    private final FactsBlock block;
    private final StreamDefinition definition;

    private StreamFile(FactsBlock block, StreamDefinition definition) {
        this.block = block;
        this.definition = definition;
    }

    /**
     * @param file the file's name or path, e.g. {@code routes/streams/customers.yaml}; its stem is the stream's name
     * @throws RoutesException if this is not a stream file, with every fault found
     */
    public static StreamFile open(String file, String content) {
        String name = RouteFiles.stem(file);
        LocatedYaml yaml = LocatedYaml.read(file, content);
        JsonNode route = yaml.root().at(ROUTE);
        if (yaml.root().size() != 1 || !route.isObject()) {
            throw refused(file, yaml, "", "not exactly one route", "one file holds one `- route:`");
        }
        if (!Names.isSnakeCase(name)) {
            throw refused(file, yaml, "", "the file's name cannot name a table", "use snake_case and at most 63 characters");
        }
        if (!name.equals(route.path("id").textValue())) {
            throw refused(file, yaml, ROUTE + "/id", "the route's id is not the file's stem", "set `id: " + name + "`");
        }
        if (!("direct:" + name).equals(route.path("from").path("uri").textValue())) {
            throw refused(file, yaml, ROUTE + "/from/uri", "the route does not start at direct:" + name,
                    "set `from.uri: direct:" + name + "`");
        }
        FactsBlock block = block(file, yaml);
        return new StreamFile(block, Facts.read(name, route.path("description").asText(""), block));
    }

    /** The definition in a stream file; see {@link #open}. */
    public static StreamDefinition read(String file, String content) {
        return open(file, content).definition();
    }

    /** The definition for facts that arrive on an exchange, named by the route they came from. */
    public static StreamDefinition ofFacts(String name, String facts) {
        return Facts.read(name, "", new FactsBlock("facts of " + name, 0, facts));
    }

    private static FactsBlock block(String file, LocatedYaml yaml) {
        JsonNode steps = yaml.root().at(STEPS);
        for (int i = 0; i < steps.size(); i++) {
            JsonNode variable = steps.path(i).path("setVariable");
            if (VARIABLE.equals(variable.path("name").textValue()) && variable.path("constant").isTextual()) {
                int line = yaml.line(JsonPointer.compile(STEPS + "/" + i + "/setVariable/constant"));
                return new FactsBlock(file, line, variable.path("constant").textValue());
            }
        }
        throw refused(file, yaml, STEPS, "no step sets the variable `stream`", "begin with `setVariable: {name: stream, constant: |…}`");
    }

    public StreamDefinition definition() {
        return definition;
    }

    /**
     * A finding about one of the facts, with its line.
     *
     * @param at the fact, as {@code changelog} or {@code columns/amount}
     */
    public Fault fault(String at, String rule, String remedy) {
        return block.faultAt(at, rule, remedy);
    }

    private static RoutesException refused(String file, LocatedYaml yaml, String at, String rule, String remedy) {
        return new RoutesException(List.of(new Fault(file, yaml.line(JsonPointer.compile(at)), rule, remedy)));
    }
}
