package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Canonical YAML: mappings in block style, endpoints as {@code uri} with {@code parameters}. One way to write reads and
 * diffs best.
 */
final class BlockStyle implements FileRule {

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        return Stream.of(flow(file), shortForms(file), queries(file)).flatMap(faults -> faults);
    }

    private static Stream<FactsFault> flow(RouteFile file) {
        List<RouteNode> outermost = new ArrayList<>();
        for (RouteNode node : file.nodes()) {
            boolean flow = node.value().isObject() && !node.value().isEmpty() && file.isFlow(node);
            if (flow && outermost.stream().noneMatch(outer -> outer.contains(node))) {
                outermost.add(node);
            }
        }
        return outermost.stream()
                .map(node -> file.fault(node, "a mapping in braces", "write one indented `key: value` line each"));
    }

    private static Stream<FactsFault> shortForms(RouteFile file) {
        return file.endpoints().stream().map(Endpoint::at).filter(at -> Endpoint.SHORT.contains(at.key()))
                .map(at -> file.fault(at, "`" + at.key() + "` in its short form",
                        "write `uri:` below it, with an `id:`"));
    }

    private static Stream<FactsFault> queries(RouteFile file) {
        return file.endpoints().stream().filter(endpoint -> endpoint.uri().contains("?"))
                .map(endpoint -> file.fault(endpoint.at(), "options within the URI", "write them below `parameters:`"));
    }
}
