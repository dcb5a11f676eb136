package fr.pennylanesync.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hostile and careless variants of {@code src/test/resources/hostile-routes}: what each writes, and the rule and
 * line that refuse it.
 */
public final class HostileRoutes {

    private static final Path DIRECTORY = Path.of("src/test/resources/hostile-routes");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String JOB = """
            - route:
                id: hostile
                description: Does harm.
                routeConfigurationId: job-failure
                from:
                  uri: %s
            %s      steps:
            %s""";
    private static final String CRON = """
                  parameters:
                    triggerName: hostile
                    cron: "0 0 3 * * ?"
            """;
    private static final String STOP = "- stop: {}\n";

    /**
     * One variant.
     *
     * @param file the file that it writes, within the routes directory
     * @param line where the finding stands; 0 where it is about the whole file
     */
    public record Variant(String kind, String name, String file, String text, int line, String rule) {

        @Override
        public String toString() {
            return kind + ": " + name;
        }
    }

    private HostileRoutes() {}

    public static List<Variant> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<Variant> variants = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
                    while (documents.hasNext()) {
                        JsonNode document = documents.next();
                        if (document.has("name")) {
                            variants.add(variant(file.getFileName().toString().replace(".yaml", ""), document));
                        }
                    }
                }
            }
            return variants;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Variant variant(String kind, JsonNode document) throws IOException {
        String file = document.has("file") ? text(document, "file")
                : document.has("edit") ? text(document, "edit") + ".camel.yaml"
                        : document.has("fact") || document.has("share") ? "streams/journals.camel.yaml"
                                : "jobs/hostile.camel.yaml";
        return new Variant(kind, text(document, "name"), file, content(document, file), document.path("line").asInt(),
                text(document, "rule"));
    }

    private static String text(JsonNode document, String field) {
        return document.path(field).asText("");
    }

    private static String content(JsonNode document, String file) throws IOException {
        if (document.has("file")) {
            return text(document, "text");
        }
        if (document.has("edit")) {
            return edited(file, text(document, "replace"), text(document, "by"));
        }
        if (document.has("fact") || document.has("share")) {
            return facts(document, file);
        }
        return document.has("from") ? job(text(document, "from"), options(document, "      "), STOP)
                : job("quartz", CRON, steps(document));
    }

    /** The facts of a stream whose path, scope or table is another one; these are YAML, as they would be written. */
    private static String facts(JsonNode document, String file) throws IOException {
        if (document.has("share")) {
            return edited(file, "        columns:", "        share:\n          table: "
                    + text(document.get("share"), "table") + "\n          period: date\n        columns:");
        }
        String fact = document.get("fact").fieldNames().next();
        String shipped = fact.equals("path") ? "path: /journals" : "scope: journals";
        return edited(file, shipped, fact + ": " + text(document.get("fact"), fact));
    }

    private static String job(String from, String parameters, String steps) {
        return JOB.formatted(quoted(from), parameters, steps.indent(8));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String options(JsonNode document, String indent) {
        return document.has("options") ? indent + "parameters:\n" + document.get("options").properties().stream()
                .map(option -> indent + "  " + option.getKey() + ": " + quoted(option.getValue().asText()) + "\n")
                .collect(Collectors.joining()) : "";
    }

    /** The steps as they are written, or those around the one thing that a variant is about. */
    private static String steps(JsonNode document) {
        if (document.has("simple")) {
            return "- setBody:\n    simple:\n      expression: " + quoted(text(document, "simple")) + "\n";
        }
        if (document.has("to")) {
            return "- to:\n    id: hostile-to\n    uri: " + quoted(text(document, "to")) + "\n"
                    + options(document, "    ");
        }
        if (document.has("log")) {
            return "- log:\n    message: " + quoted(text(document, "log")) + "\n";
        }
        if (document.has("header")) {
            return "- setHeader:\n    name: " + text(document, "header") + "\n    constant:\n      expression: x\n";
        }
        if (document.has("sql")) {
            return "- setBody:\n    constant:\n      expression: " + quoted(text(document, "sql"))
                    + "\n- to:\n    id: hostile-sql\n    uri: jdbc:warehouse\n";
        }
        return text(document, "steps");
    }

    private static String edited(String file, String from, String to) throws IOException {
        String shipped = Files.readString(Path.of("routes", file));
        if (!shipped.contains(from)) {
            throw new IllegalArgumentException(file + " does not hold " + from);
        }
        int at = shipped.indexOf(from);
        return shipped.substring(0, at) + to + shipped.substring(at + from.length());
    }
}
