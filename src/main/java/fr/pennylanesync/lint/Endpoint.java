package fr.pennylanesync.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place where a route names an endpoint.
 *
 * @param at the text that holds the URI
 * @param parameters the endpoint's options; a missing node where there are none
 */
record Endpoint(RouteNode at, JsonNode parameters) {

    /** Steps that may be written short: the URI alone after their name. */
    static final Set<String> SHORT = Set.of("from", "to", "toD", "wireTap", "enrich", "pollEnrich", "poll");

    private static final Set<String> FIELDS = Set.of("uri", "deadLetterUri");

    private static final String DIRECT = "direct";

    static List<Endpoint> in(RouteFile file) {
        return file.texts().filter(Endpoint::isNamedBy)
                .map(text -> new Endpoint(text, file.root().at(text.pointer().head()).path("parameters"))).toList();
    }

    private static boolean isNamedBy(RouteNode text) {
        if (text.names().contains("parameters")) {
            return false;
        }
        return FIELDS.contains(text.key()) || SHORT.contains(text.key());
    }

    String uri() {
        return at.text();
    }

    /** {@code sql} of {@code sql:select…}; a placeholder as it stands. */
    String scheme() {
        int colon = uri().indexOf(':');
        return colon < 0 || uri().startsWith("{{") ? uri() : uri().substring(0, colon);
    }

    /** Tells whether the route starts here. */
    boolean isConsumer() {
        return at.key().equals("from") || at.owner().equals("from");
    }

    /** The name behind {@code direct:}, unless it is computed at run time. */
    Optional<String> direct() {
        if (!scheme().equals(DIRECT)) {
            return Optional.empty();
        }
        String rest = uri().equals(DIRECT) ? parameters.path("name").asText("") : uri().substring(DIRECT.length() + 1);
        String name = rest.replaceFirst("^//", "").replaceFirst("\\?.*$", "");
        return Optional.of(name).filter(known -> !known.contains("${"));
    }
}
