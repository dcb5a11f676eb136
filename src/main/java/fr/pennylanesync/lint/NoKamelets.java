package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.stream.Stream;

/** Kamelets make routes with generated ids that change at every reload. */
final class NoKamelets implements FileRule {

    private static final String KAMELET = "kamelet";

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        Stream<RouteNode> steps = file.nodes().stream().filter(node -> node.key().equals(KAMELET));
        Stream<RouteNode> endpoints =
                file.endpoints().stream().filter(endpoint -> endpoint.scheme().equals(KAMELET)).map(Endpoint::at);
        return Stream.concat(steps, endpoints).map(node -> file.fault(node, "a kamelet", "call a step with `direct:`"));
    }
}
