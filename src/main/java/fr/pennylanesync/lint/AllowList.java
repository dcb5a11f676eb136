package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.FileModes;
import fr.pennylanesync.stream.LocatedYaml;
import fr.pennylanesync.stream.RoutesException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Says what a route file may use, by {@code allowed.yaml} and by a file of the integration team that widens it. What
 * stands in neither is refused.
 */
public final class AllowList {

    private static final String TABLE = "allowed.yaml";
    private static final String WHY = "why";
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9-]*");
    /** Camel's component behind the address of Pennylane is one of these. */
    private static final Set<String> ADDRESS = Set.of("http", "https");

    private final ObjectNode table;
    private final Optional<Path> widening;
    private final List<Addition> additions;

    /**
     * One entry that widens the list.
     *
     * @param section the kind, such as {@code endpoints}
     */
    public record Addition(String section, String entry, String why) {}

    private AllowList(ObjectNode table, Optional<Path> widening, List<Addition> additions) {
        this.table = table;
        this.widening = widening;
        this.additions = List.copyOf(additions);
    }

    /** Returns the list as it is shipped. */
    public static AllowList shipped() {
        return new AllowList(Holder.SHIPPED, Optional.empty(), List.of());
    }

    /**
     * Returns the shipped list, widened by a file of the same form.
     *
     * @throws RoutesException if the file cannot be read, if others may write it, or if it has another form
     */
    public static AllowList widenedBy(Path file) {
        List<FactsFault> faults = new ArrayList<>(FileModes.fault(file).stream().toList());
        if (faults.isEmpty()) {
            LocatedYaml more = read(file);
            formFaults(file.toString(), more, faults);
            if (faults.isEmpty()) {
                ObjectNode wider = Holder.SHIPPED.deepCopy();
                merge(wider, (ObjectNode) more.root());
                return new AllowList(wider, Optional.of(file), additions(more));
            }
        }
        throw new RoutesException(faults);
    }

    /** Returns the shipped list, or the wider one where the configuration names a file. */
    public static AllowList of(Optional<Path> widening) {
        return widening.map(AllowList::widenedBy).orElseGet(AllowList::shipped);
    }

    private static LocatedYaml read(Path file) {
        try {
            return LocatedYaml.read(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new RoutesException(List.of(new FactsFault(file.toString(), 0, "cannot be read",
                    "check `routes.allow`, the file's mode and its encoding (UTF-8)")));
        }
    }

    private static void formFaults(String file, LocatedYaml more, List<FactsFault> faults) {
        if (!more.root().isObject()) {
            faults.add(
                    new FactsFault(file, 0, "no list of what routes may use", "write it as allowed.yaml is written"));
            return;
        }
        for (Map.Entry<String, JsonNode> section : more.root().properties()) {
            JsonPointer at = JsonPointer.empty().appendProperty(section.getKey());
            JsonNode shipped = Holder.SHIPPED.path(section.getKey());
            if (shipped.getNodeType() != section.getValue().getNodeType()) {
                faults.add(new FactsFault(file, more.line(at), "`" + section.getKey() + "` is no part of the list",
                        "use " + String.join(", ", names(Holder.SHIPPED))));
                continue;
            }
            entries(at, section.getValue()).forEach(entry -> entryFault(more.root().at(entry), shipped)
                    .ifPresent(rule -> faults.add(new FactsFault(file, more.line(entry), rule,
                            "write the entry as allowed.yaml writes those of its kind"))));
        }
    }

    private static Stream<JsonPointer> entries(JsonPointer at, JsonNode section) {
        return section.isArray()
                ? Stream.iterate(0, i -> i < section.size(), i -> i + 1).map(at::appendIndex)
                : section.properties().stream().map(entry -> at.appendProperty(entry.getKey()));
    }

    private static Optional<String> entryFault(JsonNode entry, JsonNode section) {
        if (entry.path(WHY).asText("").isBlank()) {
            return Optional.of("an entry without its reason (`why`)");
        }
        Set<String> words = new TreeSet<>();
        section.forEach(one -> words.addAll(names(one)));
        Optional<String> stranger = names(entry).stream().filter(name -> !words.contains(name)).findFirst();
        if (stranger.isPresent()) {
            return Optional.of("an entry with `" + stranger.get() + "`, which says nothing there");
        }
        return Stream.of("uri", "sql").map(entry::path).filter(JsonNode::isTextual).filter(text -> !isPattern(text))
                .findFirst().map(text -> "a pattern that cannot be read");
    }

    private static boolean isPattern(JsonNode text) {
        try {
            Pattern.compile(pattern(text.asText()));
            return true;
        } catch (PatternSyntaxException wrong) {
            return false;
        }
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void merge(ObjectNode into, ObjectNode more) {
        more.properties().forEach(field -> {
            JsonNode known = into.path(field.getKey());
            if (known instanceof ObjectNode object && field.getValue() instanceof ObjectNode wider) {
                merge(object, wider);
            } else if (known instanceof ArrayNode array && field.getValue() instanceof ArrayNode wider) {
                array.addAll(wider);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    private static List<Addition> additions(LocatedYaml more) {
        List<Addition> additions = new ArrayList<>();
        more.root().properties().forEach(section -> entries(JsonPointer.empty().appendProperty(section.getKey()),
                section.getValue()).forEach(at -> {
                    JsonNode entry = more.root().at(at);
                    String name = entry.has("uri") ? entry.path("uri").asText()
                            : entry.has("sql") ? entry.path("sql").asText() : at.last().getMatchingProperty();
                    additions.add(new Addition(section.getKey(), name, entry.path(WHY).asText()));
                }));
        return additions;
    }

    /** Returns the whole list as text: equal lists allow the same. */
    public String text() {
        return table.toString();
    }

    /** Returns what the file adds. */
    public List<Addition> additions() {
        return additions;
    }

    /** Returns the file that widens the list. */
    public Optional<Path> widening() {
        return widening;
    }

    /** Returns the schemes of every endpoint that a route may have: no other component is ever made. */
    public Set<String> schemes() {
        Set<String> schemes = new TreeSet<>(ADDRESS);
        for (JsonNode endpoint : table.path("endpoints")) {
            Matcher scheme = SCHEME.matcher(endpoint.path("uri").asText());
            if (scheme.lookingAt()) {
                schemes.add(scheme.group());
            }
        }
        return schemes;
    }

    JsonNode element(String name) {
        return table.path("elements").path(name);
    }

    Stream<JsonNode> endpoints() {
        return StreamSupport.stream(table.path("endpoints").spliterator(), false);
    }

    /** Tells whether a URI is one that the entry of an endpoint means. */
    static boolean matches(JsonNode endpoint, String uri) {
        return uri.matches(pattern(endpoint.path("uri").asText()));
    }

    /** A placeholder stands in a pattern as it stands in a route. */
    private static String pattern(String written) {
        return written.replace("{{", "\\{\\{").replace("}}", "\\}\\}");
    }

    boolean isStatement(String sql) {
        return StreamSupport.stream(table.path("statements").spliterator(), false)
                .anyMatch(statement -> sql.strip().matches(statement.path("sql").asText()));
    }

    boolean hasBean(String ref) {
        return table.path("beans").has(ref);
    }

    boolean hasMethod(String ref, String method) {
        return contains(table.path("beans").path(ref).path("methods"), method);
    }

    boolean hasFunction(String function) {
        return table.path("functions").has(function);
    }

    boolean isPrinted(String function) {
        return table.path("functions").path(function).path("printed").asBoolean();
    }

    /** Tells whether a variable is the program's own, whoever may set it. */
    boolean isProgramVariable(String name) {
        return table.path("variables").has(name);
    }

    boolean mayHave(String section, String name, String route) {
        JsonNode entry = table.path(section).path(name);
        return !entry.isMissingNode() && isIn(entry, route);
    }

    /** Tells whether something of the named section may stand in a field, as {@code split.executorService}. */
    boolean mayStandAt(String section, String name, String field) {
        return contains(table.path(section).path(name).path("at"), field);
    }

    boolean hasException(String type) {
        return table.path("exceptions").has(type);
    }

    /** @param route folder and stem, as {@code steps/read-page}; an entry names it, or its folder with a slash */
    static boolean isIn(JsonNode entry, String route) {
        return !entry.has("in") || contains(entry.path("in"), route)
                || contains(entry.path("in"), route.substring(0, route.indexOf('/') + 1));
    }

    static boolean contains(JsonNode list, String text) {
        return StreamSupport.stream(list.spliterator(), false).anyMatch(item -> item.asText().equals(text));
    }

    /** Read once, on first use. */
    private static final class Holder {

        static final ObjectNode SHIPPED = load();

        private static ObjectNode load() {
            try (InputStream yaml = AllowList.class.getResourceAsStream(TABLE)) {
                return (ObjectNode) LocatedYaml
                        .read(TABLE, new String(yaml.readAllBytes(), StandardCharsets.UTF_8)).root();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
