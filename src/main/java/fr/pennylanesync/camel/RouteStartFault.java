package fr.pennylanesync.camel;

import fr.pennylanesync.reload.RouteText;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.RoutesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;

/**
 * Says why Camel cannot start a route, in our words: which file, which line, what to do. Camel's own message is never
 * passed on, since it shows resolved placeholders.
 */
final class RouteStartFault {

    /** Camel's message has no other place for the key. */
    private static final Pattern MISSING_KEY = Pattern.compile("Property with key \\[([^\\]]{1,200})\\]");

    private RouteStartFault() {}

    /** @param routes those that were being started */
    static RoutesException refusal(Exception caught, List<RouteText> routes) {
        List<Throwable> causes = causes(caught);
        Optional<RoutesException> known = find(causes, RoutesException.class);
        return known.orElseGet(() -> new RoutesException(List.of(fault(causes, routes))));
    }

    private static FactsFault fault(List<Throwable> causes, List<RouteText> routes) {
        RouteText route = route(causes, routes);
        Optional<String> bean = find(causes, NoSuchBeanException.class).map(NoSuchBeanException::getName);
        if (bean.isPresent()) {
            return holder(bean.get(), route, routes).fault(bean.get(), "there is no bean `" + bean.get() + "`",
                    "correct the name; a bean's name after # or in `ref:` is one that the program binds");
        }
        Optional<String> key = causes.stream().map(cause -> MISSING_KEY.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find).map(found -> found.group(1)).findFirst();
        if (key.isPresent()) {
            return holder("{{" + key.get(), route, routes).fault("{{" + key.get(),
                    "the placeholder {{" + key.get() + "}} has no value",
                    "define it in the configuration, or give a default: {{name:default}}");
        }
        Optional<String> scheme =
                find(causes, ResolveEndpointFailedException.class).map(ResolveEndpointFailedException::getUri)
                        .or(() -> find(causes, NoSuchEndpointException.class).map(NoSuchEndpointException::getUri))
                        .map(uri -> uri.replaceFirst("[:?].*$", ""));
        if (scheme.isPresent()) {
            return route.fault("uri: " + scheme.get(),
                    "the endpoint `" + scheme.get() + "` cannot be made: unknown component, option or value",
                    "compare the URI and its parameters with the component's documentation");
        }
        return route.fault("",
                "Camel cannot start it (" + causes.get(causes.size() - 1).getClass().getSimpleName() + ")",
                "compare expressions and options with Camel's documentation");
    }

    private static RouteText route(List<Throwable> causes, List<RouteText> routes) {
        Optional<String> id = find(causes, FailedToCreateRouteException.class)
                .map(FailedToCreateRouteException::getRouteId)
                .or(() -> find(causes, FailedToStartRouteException.class).map(FailedToStartRouteException::getRouteId));
        return routes.stream().filter(route -> id.filter(route.id()::equals).isPresent()).findFirst()
                .orElse(routes.get(0));
    }

    /** The route that holds the text; where it does not, the policy that it uses, which comes first. */
    private static RouteText holder(String text, RouteText route, List<RouteText> routes) {
        return Stream.concat(Stream.of(route), routes.stream()).filter(file -> file.content().contains(text))
                .findFirst().orElse(route);
    }

    private static List<Throwable> causes(Throwable caught) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = caught; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static <T extends Throwable> Optional<T> find(List<Throwable> causes, Class<T> kind) {
        return causes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
