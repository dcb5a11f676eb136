package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.stream.FactsFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds every element, field and value of a route against {@link AllowList}, however deep it stands. A route file is
 * changed while the program runs, by people who need not know Java: what is not known to be harmless is refused.
 */
final class AllowedOnly implements FileRule {

    private static final String REMEDY =
            "use what allowed.yaml lists, as the guideline explains it, or widen the list by `routes.allow`";
    /** Names the fields that every element may have: an id, and words for people. */
    private static final Map<String, String> COMMON = Map.of("id", "names", "description", "words", "note", "words");
    private static final Set<String> ENDPOINTS = Set.of("from", "to", "toD");

    private final AllowList allowed;

    AllowedOnly(AllowList allowed) {
        this.allowed = allowed;
    }

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        Walk walk = new Walk(file, new ArrayList<>());
        RouteNode element = file.element();
        walk.element(element.pointer(), file.folder().element(), element.value());
        return walk.faults.stream();
    }

    /** Goes through one file. */
    private final class Walk {

        private final RouteFile file;
        private final String route;
        private final List<FactsFault> faults;

        Walk(RouteFile file, List<FactsFault> faults) {
            this.file = file;
            this.route = file.folder().label() + "/" + file.stem();
            this.faults = faults;
        }

        private void fault(JsonPointer at, String rule) {
            faults.add(file.fault(at, rule, REMEDY));
        }

        void element(JsonPointer at, String name, JsonNode value) {
            JsonNode known = allowed.element(name);
            if (known.isMissingNode()) {
                fault(at, "`" + AllowedValue.shown(name) + "` is nothing that a route may have");
            } else if (value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    element(at.appendIndex(i), name, value.get(i));
                }
            } else if (value.isObject()) {
                fields(at, name, known, value);
            } else if (known.has("short") && value.isTextual()) {
                field(new Field(at, name, known.get("short").asText(), value), value);
            } else {
                fault(at, "`" + name + "` is no mapping");
            }
        }

        private void fields(JsonPointer at, String name, JsonNode known, JsonNode value) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                field(new Field(at.appendProperty(field.getKey()), name, field.getKey(), field.getValue()), value);
            }
            for (JsonNode must : known.path("must")) {
                if (!value.has(must.asText())) {
                    fault(at, "`" + name + "` has no `" + must.asText() + "`");
                }
            }
        }

        private void field(Field field, JsonNode siblings) {
            JsonNode known = allowed.element(field.element).path("fields").path(field.name);
            String kind = known.asText(COMMON.getOrDefault(field.name, ""));
            switch (kind) {
                case "" -> fault(field.at,
                        "`" + field.element + "` takes no `" + AllowedValue.shown(field.name) + "` in a route");
                case "element" -> element(field.at, field.name, field.value);
                case "steps" -> steps(field);
                case "options" -> {
                    // Those of an endpoint, which are judged with its URI.
                }
                default -> values(field, kind, siblings);
            }
        }

        private void steps(Field field) {
            if (!field.value.isArray()) {
                fault(field.at, "`steps` is no list");
            }
            for (int i = 0; i < field.value.size() && field.value.isArray(); i++) {
                JsonNode step = field.value.get(i);
                JsonPointer at = field.at.appendIndex(i);
                if (!step.isObject() || step.size() != 1) {
                    fault(at, "a step that has not exactly one name");
                    continue;
                }
                String name = step.fieldNames().next();
                if (allowed.element(name).path("step").asBoolean()) {
                    element(at.appendProperty(name), name, step.get(name));
                } else {
                    fault(at.appendProperty(name),
                            "`" + AllowedValue.shown(name) + "` is no step that a route may have");
                }
            }
        }

        /** A list of texts is as good as its worst. */
        private void values(Field field, String kind, JsonNode siblings) {
            if (ENDPOINTS.contains(kind)) {
                new AllowedEndpoint(allowed, route, kind).faults(field.at, field.value, siblings.path("parameters"))
                        .forEach(fault -> fault(fault.at(), fault.rule()));
                return;
            }
            AllowedValue judge = new AllowedValue(allowed, route, field.element, field.name, siblings);
            Iterable<JsonNode> all = field.value.isArray() ? field.value : List.of(field.value);
            for (JsonNode one : all) {
                Optional<String> rule = judge.fault(kind, one);
                if (rule.isPresent()) {
                    fault(field.at, rule.get());
                    return;
                }
            }
        }
    }

    /** One field of an element, and where it stands. */
    private record Field(JsonPointer at, String element, String name, JsonNode value) {}
}
