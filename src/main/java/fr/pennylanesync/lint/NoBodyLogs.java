package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.Set;
import java.util.stream.Stream;

/** Logs hold ids, counts, durations and codes; never what a message carries. */
final class NoBodyLogs implements FileRule {

    private static final Set<String> PRINTING_STEPS = Set.of("log", "throwException");
    private static final Set<String> PRINTING_ENDPOINTS = Set.of("log", "stream");
    private static final Set<String> SWITCHES =
            Set.of("logExhaustedMessageBody", "showAll", "showBody", "showHeaders", "trace");

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        Stream<FactsFault> messages = file.texts().filter(NoBodyLogs::isMessage)
                .filter(text -> MessageData.isPrintedBy(text.text()))
                .map(text -> file.fault(text, "a log of message data", "name ids and counts from ${variable.…} only"));
        Stream<FactsFault> endpoints =
                file.endpoints().stream().filter(endpoint -> PRINTING_ENDPOINTS.contains(endpoint.scheme()))
                        .map(endpoint -> file.fault(endpoint.at(), "an endpoint that prints the body",
                                "use the `log` step with ids and counts"));
        Stream<FactsFault> switches =
                file.nodes().stream().filter(node -> SWITCHES.contains(node.key()) && node.text().equals("true"))
                        .filter(node -> !isOfPrintingEndpoint(file, node))
                        .map(node -> file.fault(node, "`" + node.key() + "` prints message data", "remove it"));
        return Stream.of(messages, endpoints, switches).flatMap(faults -> faults);
    }

    private static boolean isMessage(RouteNode text) {
        return text.key().equals("log") || text.key().equals("message") && PRINTING_STEPS.contains(text.owner());
    }

    private static boolean isOfPrintingEndpoint(RouteFile file, RouteNode node) {
        return file.endpoints().stream().filter(endpoint -> PRINTING_ENDPOINTS.contains(endpoint.scheme()))
                .anyMatch(endpoint -> node.pointer().head().head().equals(endpoint.at().pointer().head()));
    }
}
