package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.LocatedYaml;
import fr.pennylanesync.stream.RouteFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A route file that is readable and holds exactly one route, or one policy. */
final class RouteFile {

    /** Words for people, never read by Camel. */
    private static final Set<String> PROSE = Set.of("description", "note");
    /** The block of facts: its keys are columns and feeds, whatever they are called. */
    private static final String FACTS = "beans";

    private final String path;
    private final Folder folder;
    private final String content;
    private final LocatedYaml yaml;
    private final List<RouteNode> nodes = new ArrayList<>();
    private final List<Endpoint> endpoints;

    RouteFile(String path, Folder folder, String content, LocatedYaml yaml) {
        this.path = path;
        this.folder = folder;
        this.content = content;
        this.yaml = yaml;
        collect(JsonPointer.empty(), List.of(), yaml.root());
        this.endpoints = Endpoint.in(this);
    }

    private void collect(JsonPointer pointer, List<String> names, JsonNode value) {
        nodes.add(new RouteNode(pointer, names, value));
        for (int i = 0; i < value.size() && value.isArray(); i++) {
            collect(pointer.appendIndex(i), names, value.get(i));
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            List<String> inner = new ArrayList<>(names);
            inner.add(field.getKey());
            collect(pointer.appendProperty(field.getKey()), inner, field.getValue());
        }
    }

    String path() {
        return path;
    }

    /** Also the id of the route and the name of its {@code direct:}. */
    String stem() {
        return RouteFiles.stem(path);
    }

    Folder folder() {
        return folder;
    }

    String content() {
        return content;
    }

    JsonNode root() {
        return yaml.root();
    }

    LocatedYaml yaml() {
        return yaml;
    }

    /** The route, or the policy: what a file holds last. */
    RouteNode element() {
        return node("/" + (root().size() - 1) + "/" + folder.element());
    }

    RouteNode node(String pointer) {
        return nodes.stream().filter(node -> node.pointer().toString().equals(pointer)).findFirst().orElseThrow();
    }

    /** Every value, in the order of the file. */
    List<RouteNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Every scalar that Camel reads as text. */
    Stream<RouteNode> texts() {
        return nodes.stream().filter(RouteNode::isText)
                .filter(node -> !PROSE.contains(node.key()) && !node.isWithin(FACTS));
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Tells whether a value is written in braces or brackets. */
    boolean isFlow(RouteNode node) {
        JsonLocation place = yaml.place(node.pointer());
        String line = content.lines().skip(place.getLineNr() - 1L).findFirst().orElseThrow();
        return line.startsWith("{", place.getColumnNr() - 1) || line.startsWith("[", place.getColumnNr() - 1);
    }

    FactsFault fault(RouteNode at, String rule, String remedy) {
        return fault(at.pointer(), rule, remedy);
    }

    FactsFault fault(JsonPointer at, String rule, String remedy) {
        return new FactsFault(path, yaml.line(at), rule, remedy);
    }
}
