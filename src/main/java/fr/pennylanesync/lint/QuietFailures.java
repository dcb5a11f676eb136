package fr.pennylanesync.lint;

import fr.pennylanesync.stream.Fault;
import java.util.List;
import java.util.stream.Stream;

/** Camel logs the exception of a failed exchange unless told not to, and a driver's or a server's message may quote a record. */
final class QuietFailures implements FileRule {

    private static final List<String> SWITCHES = List.of("logExhausted", "logExhaustedMessageHistory", "logStackTrace");

    @Override
    public Stream<Fault> check(RouteFile file) {
        return file.nodes().stream().filter(node -> node.key().equals("onException") && node.value().has("exception"))
                .flatMap(handler -> SWITCHES.stream().filter(name -> !isOff(handler, name))
                        .map(name -> file.fault(handler, "`" + name + "` is not switched off",
                                "set it to \"false\" in the redeliveryPolicy")));
    }

    private static boolean isOff(RouteNode handler, String name) {
        return handler.value().path("redeliveryPolicy").path(name).asText("").equals("false");
    }
}
