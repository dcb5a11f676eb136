package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.List;
import java.util.stream.Stream;

/**
 * Camel logs the exception of a failed exchange unless told not to, and a driver's or a server's message may quote a
 * record. A policy tells it once, by an error handler that begins with the program's own quiet redelivery, or handler
 * by handler.
 */
final class QuietFailures implements FileRule {

    private static final List<String> SWITCHES = List.of("logExhausted", "logExhaustedMessageHistory", "logStackTrace");
    private static final String QUIET = "quietRedelivery";
    private static final String REFERENCE = "redeliveryPolicyRef";
    private static final String REMEDY =
            "set it to \"false\" in the redeliveryPolicy, or begin with `" + REFERENCE + ": "
                    + QUIET + "` in the error handler";

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        boolean quiet = file.element().value().path("errorHandler").path("defaultErrorHandler").path(REFERENCE)
                .asText("").equals(QUIET);
        return file.nodes().stream().filter(node -> node.key().equals("onException") && node.value().has("exception"))
                .flatMap(handler -> SWITCHES.stream().filter(name -> !isOff(handler, name, quiet))
                        .map(name -> file.fault(handler, "`" + name + "` is not switched off", REMEDY)));
    }

    /** @param quiet whether it is off unless the handler says otherwise */
    private static boolean isOff(RouteNode handler, String name, boolean quiet) {
        if (handler.value().has(REFERENCE)) {
            return handler.text(REFERENCE).equals(QUIET);
        }
        return handler.value().path("redeliveryPolicy").path(name).asText(quiet ? "false" : "").equals("false");
    }
}
