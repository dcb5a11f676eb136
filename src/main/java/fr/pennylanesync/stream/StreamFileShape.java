package fr.pennylanesync.stream;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Checks the frame of a stream file. A bean block could make Camel build any class or run any script, so that here it
 * may hold one bean of one type and nothing but its facts.
 */
final class StreamFileShape {

    static final JsonPointer ROUTE = JsonPointer.compile("/1/route");

    private static final String TYPE = DeclaredStream.class.getName();
    private static final Set<String> BEAN_KEYS = Set.of("name", "type", "properties");
    private static final String BEANS = "/0/beans";
    private static final String BEAN = BEANS + "/0";

    private final String file;
    private final LocatedYaml yaml;
    private final String name;

    StreamFileShape(String file, LocatedYaml yaml) {
        this.file = file;
        this.yaml = yaml;
        this.name = RouteFiles.stem(file);
    }

    /** Returns the fault of a frame that is another altogether, or else every fault within the right one. */
    List<FactsFault> faults() {
        return first(this::textOfFacts, this::elements, this::fileName, this::oneBean).map(List::of)
                .orElseGet(() -> Stream.of(beanKeys(), beanName(), beanType(), routeId(), routeStart())
                        .flatMap(Optional::stream).toList());
    }

    /** Returns the fault of the first check that finds one; what the later ones would say only follows from it. */
    @SafeVarargs
    private static Optional<FactsFault> first(Supplier<Optional<FactsFault>>... checks) {
        return Stream.of(checks).map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    private Optional<FactsFault> textOfFacts() {
        JsonNode steps = yaml.root().at("/0/route/from/steps");
        for (int i = 0; i < steps.size(); i++) {
            if (steps.path(i).path("setVariable").path("name").asText("").equals("stream")) {
                return fault("/0/route/from/steps/" + i, "facts as a text within the route",
                        "write them above the route as `- beans:` with `name: " + StreamFile.beanName(name)
                                + "`, `type: " + TYPE + "` and the lines of the text as `properties:`; "
                                + "remove the step");
            }
        }
        return Optional.empty();
    }

    private Optional<FactsFault> elements() {
        JsonNode root = yaml.root();
        boolean both = root.isArray() && root.size() == 2 && root.path(0).size() == 1 && root.path(1).size() == 1
                && root.at(BEANS).isArray() && root.at(ROUTE).isObject();
        return require(both, "", "not exactly one `- beans:` and one `- route:`",
                "one file holds the facts of one stream, then its route: split or complete it");
    }

    private Optional<FactsFault> fileName() {
        return require(Names.isSnakeCase(name), "", "the file's name cannot name a table",
                "use snake_case and at most 63 characters");
    }

    private Optional<FactsFault> oneBean() {
        boolean one = yaml.root().at(BEANS).size() == 1 && yaml.root().at(BEAN).isObject();
        return require(one, BEANS, "not exactly one bean", "keep the one bean that holds the facts");
    }

    private Optional<FactsFault> beanKeys() {
        for (Iterator<String> keys = yaml.root().at(BEAN).fieldNames(); keys.hasNext();) {
            String key = keys.next();
            if (!BEAN_KEYS.contains(key)) {
                return fault(BEAN + "/" + key, "the bean has more than facts",
                        "remove it: a stream's bean has `name`, `type` and `properties`, and runs nothing");
            }
        }
        return Optional.empty();
    }

    private Optional<FactsFault> beanName() {
        String expected = StreamFile.beanName(name);
        return require(expected.equals(text(BEAN + "/name")), BEAN + "/name",
                "the bean's name is not the file's stem and `-facts`", "set `name: " + expected + "`");
    }

    private Optional<FactsFault> beanType() {
        return require(TYPE.equals(text(BEAN + "/type")), BEAN + "/type", "the bean is no stream",
                "set `type: " + TYPE + "`");
    }

    private Optional<FactsFault> routeId() {
        return require(name.equals(text(ROUTE + "/id")), ROUTE + "/id", "the route's id is not the file's stem",
                "set `id: " + name + "`");
    }

    private Optional<FactsFault> routeStart() {
        return require(("direct:" + name).equals(text(ROUTE + "/from/uri")), ROUTE + "/from/uri",
                "the route does not start at direct:" + name, "set `from.uri: direct:" + name + "`");
    }

    private String text(String at) {
        return yaml.root().at(at).textValue();
    }

    private Optional<FactsFault> require(boolean holds, String at, String rule, String remedy) {
        return holds ? Optional.empty() : fault(at, rule, remedy);
    }

    private Optional<FactsFault> fault(String at, String rule, String remedy) {
        return Optional.of(new FactsFault(file, yaml.line(JsonPointer.compile(at)), rule, remedy));
    }
}
