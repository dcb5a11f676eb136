package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges an endpoint: its whole URI, where it stands, and its options.
 *
 * @param route folder and stem of its file
 * @param as whether a route begins there ({@code from}) or sends to it ({@code to}, {@code toD})
 */
record AllowedEndpoint(AllowList allowed, String route, String as) {

    /** A rule that is broken, and where. */
    record Broken(JsonPointer at, String rule) {}

    List<Broken> faults(JsonPointer at, JsonNode value, JsonNode options) {
        String uri = value.isTextual() ? value.asText() : "";
        List<JsonNode> known = allowed.endpoints().filter(entry -> AllowList.matches(entry, uri)).toList();
        Optional<JsonNode> entry = known.stream()
                .filter(one -> AllowList.contains(one.path("as"), as) && AllowList.isIn(one, route)).findFirst();
        if (entry.isEmpty()) {
            String rule = AllowedValue.placeholder(known.isEmpty() ? uri : "")
                    .orElse("the endpoint `" + scheme(uri) + "` is none that "
                            + (known.isEmpty() ? "routes may use" : route + " may use there"));
            return List.of(new Broken(at, rule));
        }
        return options(at, entry.get(), scheme(uri), options);
    }

    private List<Broken> options(JsonPointer at, JsonNode entry, String scheme, JsonNode options) {
        JsonPointer parameters = at.head().appendProperty("parameters");
        List<Broken> broken = new ArrayList<>();
        if (!options.isMissingNode() && !options.isObject()) {
            broken.add(new Broken(parameters, "`parameters` is no mapping"));
        }
        for (Map.Entry<String, JsonNode> option : options.properties()) {
            JsonPointer place = parameters.appendProperty(option.getKey());
            String kind = entry.path("options").path(option.getKey()).asText("");
            Optional<String> rule = kind.isEmpty()
                    ? Optional.of("the endpoint `" + scheme + "` takes no `" + AllowedValue.shown(option.getKey())
                            + "` from a route")
                    : new AllowedValue(allowed, route, scheme, option.getKey(), options).fault(kind, option.getValue());
            rule.ifPresent(text -> broken.add(new Broken(place, text)));
        }
        for (JsonNode must : entry.path("must")) {
            if (!options.has(must.asText())) {
                broken.add(new Broken(at, "the endpoint `" + scheme + "` has no `" + must.asText() + "`"));
            }
        }
        return broken;
    }

    private static String scheme(String uri) {
        String scheme = uri.startsWith("{{") ? "{{}}" : uri.startsWith("${") ? "${}" : uri.split("[:?]", 2)[0];
        return AllowedValue.shown(scheme).replaceAll("//.*", "");
    }
}
