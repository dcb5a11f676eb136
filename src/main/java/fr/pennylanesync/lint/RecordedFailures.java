package fr.pennylanesync.lint;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.stream.FactsFault;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A policy that handles a failure also records it, and none lets a route go on behind a step that failed: a failure
 * that nobody is told of would look like a sync that is complete.
 */
final class RecordedFailures implements FileRule {

    private static final String RECORD = "failed";
    /** A lane that isolates an item asks for its batch in other parts: the loop around the step goes on with them. */
    private static final String ISOLATE = "isolate";

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        return Stream.concat(handlers(file), deadLetters(file));
    }

    private static Stream<FactsFault> handlers(RouteFile file) {
        return file.nodes().stream().filter(node -> node.key().equals("onException") && node.value().has("exception"))
                .flatMap(handler -> Stream.concat(unrecorded(file, handler), continued(file, handler)));
    }

    private static Stream<FactsFault> unrecorded(RouteFile file, RouteNode handler) {
        return isHandled(handler.value()) && !records(handler.value())
                ? Stream.of(file.fault(handler, "a failure that is handled and not recorded",
                        "call the method `" + RECORD + "` of `sync`, `company`, `archive` or `jobFailures` in its "
                                + "steps, or leave out `handled`"))
                : Stream.empty();
    }

    private static boolean isHandled(JsonNode handler) {
        return handler.has("handled") && !handler.at("/handled/constant/expression").asText("").equals("false");
    }

    private static boolean records(JsonNode handler) {
        return calls(handler, RECORD);
    }

    private static boolean calls(JsonNode handler, String method) {
        return StreamSupport.stream(handler.path("steps").spliterator(), false).map(step -> step.path("bean"))
                .anyMatch(bean -> bean.path("method").asText("").equals(method) && !bean.has("disabled"));
    }

    private static Stream<FactsFault> continued(RouteFile file, RouteNode handler) {
        return handler.value().has("continued") && !calls(handler.value(), ISOLATE)
                ? Stream.of(file.fault(handler, "a route that goes on behind a step that failed",
                        "leave out `continued`: the steps behind would work with what the failed one did not do"))
                : Stream.empty();
    }

    private static Stream<FactsFault> deadLetters(RouteFile file) {
        return file.nodes().stream().filter(node -> node.key().startsWith("deadLetterChannel"))
                .map(node -> file.fault(node, "a failure that is handled and not recorded",
                        "use `defaultErrorHandler` and an `onException` that records"));
    }
}
