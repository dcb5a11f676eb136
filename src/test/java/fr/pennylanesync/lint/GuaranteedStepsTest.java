package fr.pennylanesync.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.LocatedYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * In a copy of our own routes, each guaranteed step is removed, swapped with the next one, wrapped, switched off,
 * repeated or changed: lint refuses each copy. The test finds the steps by the table itself.
 */
class GuaranteedStepsTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    Path routes;

    private final GuaranteedSteps rule = new GuaranteedSteps();

    /** Copies what has guaranteed steps; the streams have none. */
    private void copy() throws IOException {
        for (String route : rule.table().keySet()) {
            Files.createDirectories(copied(route).getParent());
            Files.copy(shipped(route), copied(route));
        }
    }

    @Test
    void ourOwnRoutesPass() {
        assertThat(RouteLint.check(Path.of("routes"))).isEmpty();
    }

    @Test
    void theTableCoversEveryStepRouteAndEveryPolicy() throws IOException {
        for (String folder : List.of("steps", "policies")) {
            try (Stream<Path> files = Files.list(Path.of("routes", folder))) {
                assertThat(files.map(file -> folder + "/" + file.getFileName().toString().replaceAll("\\..*", "")))
                        .allMatch(rule.table()::containsKey);
            }
        }
    }

    @Test
    void everyEntryHasAReason() {
        steps().forEach(step -> assertThat(step.pattern().why()).as(step.toString()).isNotBlank());
    }

    @TestFactory
    Stream<DynamicTest> noStepMayBeRemoved() {
        return steps().map(step -> refused("without " + step, step, root -> {
            list(root, step).remove(index(step));
        }));
    }

    @TestFactory
    Stream<DynamicTest> noStepMayBeSwappedWithTheNextOne() {
        return steps().filter(step -> step.next() != null)
                .map(step -> refused("swapped " + step, step, root -> {
                    ArrayNode list = list(root, step);
                    int other = step.next().getMatchingIndex();
                    JsonNode moved = list.get(other);
                    list.set(other, list.get(index(step)));
                    list.set(index(step), moved);
                }));
    }

    @TestFactory
    Stream<DynamicTest> noStepMayBeSwitchedOff() {
        return steps().map(step -> refused("disabled " + step, step,
                root -> ((ObjectNode) root.at(step.at()).get(step.pattern().kind())).put("disabled", "true")));
    }

    @TestFactory
    Stream<DynamicTest> noStepMayBeMadeToDependOnSomethingElse() {
        return steps().filter(step -> !step.pattern().kind().equals("onException"))
                .map(step -> refused("wrapped " + step, step, root -> {
                    ObjectNode filter = YAML.createObjectNode();
                    filter.putObject("filter").put("simple", "${body} == 1").putArray("steps")
                            .add(root.at(step.at()));
                    list(root, step).set(index(step), filter);
                }));
    }

    @TestFactory
    Stream<DynamicTest> noCallMayComeASecondTime() {
        return steps().filter(step -> step.pattern().value().has("bean"))
                .filter(step -> step.route().startsWith("steps/"))
                .map(step -> refused("repeated " + step, step,
                        root -> list(root, step).insert(0, root.at(step.at()).deepCopy())));
    }

    @TestFactory
    Stream<DynamicTest> noGuaranteedValueMayBeChanged() {
        return rule.table().keySet().stream().flatMap(route -> values(route)
                .map(value -> refused(route + " other value " + value, route, root -> {
                    JsonNode around = root.at(value.head());
                    if (around.isArray()) {
                        ((ArrayNode) around).set(value.last().getMatchingIndex(), "other");
                    } else {
                        ((ObjectNode) around).put(value.last().getMatchingProperty(), "other");
                    }
                })));
    }

    @TestFactory
    Stream<DynamicTest> noStopMayCutTheRouteShort() {
        return steps().filter(step -> !step.route().startsWith("policies/")).map(step -> refused("stop before " + step,
                step, root -> list(root, step).insert(index(step), YAML.createObjectNode()
                        .set("stop", YAML.createObjectNode()))));
    }

    @Test
    void stepsOfOnesOwnMayStandBetween() throws IOException {
        copy();
        for (String route : rule.table().keySet()) {
            JsonNode root = YAML.readTree(copied(route).toFile());
            steps().filter(step -> step.route().equals(route) && !step.pattern().kind().equals("onException"))
                    .sorted(Comparator.comparing((GuaranteedStep step) -> step.at().toString().length())
                            .thenComparing(GuaranteedStepsTest::index).reversed())
                    .forEach(step -> list(root, step).insert(index(step), YAML.createObjectNode()
                            .set("log", YAML.createObjectNode().put("message", "on its way"))));
            Files.writeString(copied(route), YAML.writeValueAsString(root));
        }

        assertThat(findings()).isEmpty();
    }

    @Test
    void aGuaranteedCallHasNoPlaceInAnotherRoute() throws IOException {
        copy();
        Files.writeString(routes.resolve("steps/my-step.camel.yaml"), """
                - route:
                    id: my-step
                    from:
                      uri: direct:my-step
                      steps:
                        - bean:
                            ref: sync
                            method: advance
                """);

        assertThat(findings()).singleElement().satisfies(fault -> {
            assertThat(fault.rule()).isEqualTo("step `sync.advance` stands where it is no guaranteed step");
            assertThat(fault.line()).isEqualTo(6);
            assertThat(fault.remedy()).endsWith("steps/next-batch, steps/read-partition");
        });
    }

    @Test
    void aFindingSaysWhatIsMissingWhereItBelongsAndWhy() throws IOException {
        copy();
        edit("steps/next-batch", root -> ((ArrayNode) root.at("/0/route/from/steps/0/choice/otherwise/steps/2/filter"
                + "/steps")).insert(0, YAML.createObjectNode().set("bean", YAML.createObjectNode().put("ref", "sync")
                        .put("method", "advance")))
                .remove(2));

        assertThat(findings()).singleElement().hasToString(copied("steps/next-batch") + ":43: "
                + "step `bean sync.advance` comes too early -> put it within `filter ${variable.lane.batchReady}`, "
                + "behind `doTry`: the lane goes on only behind a batch whose transaction is committed");
    }

    /**
     * A step of the table in the shipped file.
     *
     * @param at where it stands
     * @param next where the step that follows it in the table stands; null if none does
     */
    private record GuaranteedStep(String route, StepPattern pattern, JsonPointer at, JsonPointer next) {

        @Override
        public String toString() {
            return route + " " + pattern.label() + " " + at;
        }
    }

    private Stream<GuaranteedStep> steps() {
        return rule.table().entrySet().stream().flatMap(entry -> {
            Map<JsonPointer, JsonPointer> places = places(entry.getKey());
            return sequences(entry.getValue()).flatMap(sequence -> IntStream.range(0, sequence.value().size())
                    .mapToObj(i -> new GuaranteedStep(entry.getKey(), sequence.item(i),
                            places.get(sequence.item(i).at()), i + 1 == sequence.value().size() ? null
                                    : places.get(sequence.item(i + 1).at()).last())));
        });
    }

    private static Stream<StepPattern> sequences(StepPattern pattern) {
        if (pattern.value().isArray()) {
            return IntStream.range(0, pattern.value().size()).mapToObj(pattern::item)
                    .flatMap(GuaranteedStepsTest::sequences);
        }
        return pattern.value().isValueNode() ? Stream.empty()
                : pattern.fields().flatMap(name -> Stream.concat(
                        StepPattern.isSequence(name) && pattern.value().get(name).isArray()
                                ? Stream.of(pattern.field(name))
                                : Stream.empty(),
                        sequences(pattern.field(name))));
    }

    /** Where the scalars of the table stand in the shipped file. */
    private Stream<JsonPointer> values(String route) {
        Map<JsonPointer, JsonPointer> places = places(route);
        JsonNode root = file(route).root();
        return scalars(rule.table().get(route)).map(value -> {
            JsonPointer known = value;
            String below = "";
            while (!places.containsKey(known)) {
                below = known.last() + below;
                known = known.head();
            }
            JsonPointer at = places.get(known).append(JsonPointer.compile(below));
            return root.at(at).isObject() ? at.appendProperty("expression") : at;
        });
    }

    private static Stream<JsonPointer> scalars(StepPattern pattern) {
        if (pattern.value().isArray()) {
            return IntStream.range(0, pattern.value().size()).mapToObj(pattern::item)
                    .flatMap(GuaranteedStepsTest::scalars);
        }
        if (pattern.value().isValueNode()) {
            return pattern.value().asText().equals("*") ? Stream.empty() : Stream.of(pattern.at());
        }
        return pattern.fields().flatMap(name -> scalars(pattern.field(name)));
    }

    private Map<JsonPointer, JsonPointer> places(String route) {
        return rule.match(file(route)).orElseThrow().places();
    }

    private static RouteFile file(String route) {
        try {
            return file(route, Files.readString(shipped(route)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static RouteFile file(String route, String content) {
        String name = shipped(route).toString();
        return new RouteFile(name, Folder.named(route.split("/")[0]).orElseThrow(), content,
                LocatedYaml.read(name, content));
    }

    private DynamicTest refused(String name, GuaranteedStep step, Consumer<JsonNode> change) {
        return refused(name, step.route(), change);
    }

    private DynamicTest refused(String name, String route, Consumer<JsonNode> change) {
        return dynamicTest(name, () -> {
            JsonNode root = file(route).root().deepCopy();
            change.accept(root);
            assertThat(rule.check(file(route, YAML.writeValueAsString(root)))).isNotEmpty().allSatisfy(fault -> {
                assertThat(fault.file()).isEqualTo(shipped(route).toString());
                assertThat(fault.line()).isPositive();
                assertThat(fault.remedy()).matches("(put|remove|write) .*: .+");
            });
        });
    }

    private void edit(String route, Consumer<JsonNode> change) throws IOException {
        JsonNode root = YAML.readTree(copied(route).toFile());
        change.accept(root);
        Files.writeString(copied(route), YAML.writeValueAsString(root));
    }

    /** What the rule of the guaranteed steps finds in the copy. */
    private List<FactsFault> findings() {
        return RouteLint.check(routes, List.of(rule));
    }

    private static ArrayNode list(JsonNode root, GuaranteedStep step) {
        return (ArrayNode) root.at(step.at().head());
    }

    private static int index(GuaranteedStep step) {
        return step.at().last().getMatchingIndex();
    }

    private static Path shipped(String route) {
        return Path.of("routes", route + ".camel.yaml");
    }

    private Path copied(String route) {
        return routes.resolve(route + ".camel.yaml");
    }
}
