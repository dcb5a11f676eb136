package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the choice of the company, whose token a request carries, in one place in Java: no route may set, read or
 * configure it.
 */
final class NoAuthorization implements FileRule {

    private static final Pattern HEADER = Pattern.compile("\\bauthorization\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern OPTION =
            Pattern.compile("(auth(?:Method|Username|Password|BearerToken|Domain|Host)|oauth2\\w+)");

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        Stream<RouteNode> headers =
                file.texts().filter(text -> HEADER.matcher(text.text()).find() && !text.names().contains("removeHeader")
                        && !text.names().contains("removeHeaders"));
        Stream<RouteNode> options = file.nodes().stream().filter(node -> OPTION.matcher(node.key()).matches()
                || HEADER.matcher(node.key()).matches());
        return Stream.concat(headers, options).map(node -> file.fault(node, "authorization set by a route",
                "remove it: the HTTP client of read-page binds the company's token"));
    }
}
