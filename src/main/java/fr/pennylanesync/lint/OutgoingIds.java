package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.Set;
import java.util.stream.Stream;

/** Every step that hands an exchange on has an id, so that metrics, logs and tests can name it. */
final class OutgoingIds implements FileRule {

    private static final Set<String> OUTGOING =
            Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "poll", "recipientList",
                    "routingSlip", "dynamicRouter");

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        return file.nodes().stream()
                .filter(node -> OUTGOING.contains(node.key()) && node.value().isObject() && node.text("id").isBlank())
                .map(node -> file.fault(node, "`" + node.key() + "` without an id",
                        "set `id: " + file.stem() + "-<what it calls>`"));
    }
}
