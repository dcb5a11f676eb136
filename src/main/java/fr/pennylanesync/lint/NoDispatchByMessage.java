package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Refuses routes in which what came from outside decides where a message goes, by a dispatch header or by a computed
 * endpoint.
 */
final class NoDispatchByMessage implements FileRule {

    /** Headers that Camel's components obey; how long to wait before the next attempt is no matter of where. */
    private static final Pattern DISPATCH = Pattern.compile("Camel(?!RedeliveryDelay$).+", Pattern.CASE_INSENSITIVE);
    private static final Set<String> SETTERS = Set.of("setHeader", "headers");

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        Stream<FactsFault> headers = file.nodes().stream().filter(NoDispatchByMessage::setsDispatch)
                .flatMap(setter -> file.texts().filter(setter::contains).filter(text -> !text.key().equals("name"))
                        .filter(NoDispatchByMessage::readsMessage).limit(1)
                        .map(text -> file.fault(text, "`" + setter.text("name") + "` computed from message data",
                                remedy())));
        Stream<FactsFault> endpoints =
                file.endpoints().stream().filter(endpoint -> endpoint.isComputed() && readsMessage(endpoint.at()))
                        .map(endpoint -> file.fault(endpoint.at(), "an endpoint computed from message data", remedy()));
        return Stream.concat(headers, endpoints);
    }

    private static boolean setsDispatch(RouteNode node) {
        return SETTERS.contains(node.key()) && DISPATCH.matcher(node.text("name")).matches();
    }

    private static boolean readsMessage(RouteNode text) {
        return MessageData.isReadBy(text.text()) || MessageData.isReadByLanguageOf(text);
    }

    private static String remedy() {
        return "use a constant, or a ${variable.…} that our own code sets";
    }
}
