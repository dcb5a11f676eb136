package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import fr.pennylanesync.stream.FactsFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Guards the steps whose loss, swap or change would break a guarantee: a wrong row, a checkpoint that moves alone, a
 * lease that is kept. {@code guaranteed-steps.yaml} says which, route by route.
 */
final class GuaranteedSteps implements FileRule {

    private static final String TABLE = "guaranteed-steps.yaml";
    /** They end the route, and with it the steps behind them that must run. */
    private static final Set<String> ENDS = Set.of("stop", "rollback");

    private final Map<String, StepPattern> table = read();
    /** By a call that only these routes make, which ones. */
    private final Map<String, Set<String>> homes = homes();

    private static Map<String, StepPattern> read() {
        try (InputStream yaml = GuaranteedSteps.class.getResourceAsStream(TABLE)) {
            Map<String, StepPattern> patterns = new LinkedHashMap<>();
            new YAMLMapper().readTree(yaml).properties().forEach(route -> patterns.put(route.getKey(),
                    StepPattern.of(JsonPointer.empty().appendProperty(route.getKey()), route.getValue(), "")));
            return patterns;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Map<String, Set<String>> homes() {
        return table.entrySet().stream().filter(route -> route.getKey().startsWith(Folder.STEPS.label()))
                .flatMap(route -> calls(route.getValue().value()).map(call -> Map.entry(call, route.getKey())))
                .collect(Collectors.groupingBy(Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    /** Says what the steps of a route must be, for each route by its folder and stem. */
    Map<String, StepPattern> table() {
        return table;
    }

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        Optional<PatternMatch> match = match(file);
        Set<JsonPointer> known = match.map(found -> Set.copyOf(found.places().values())).orElse(Set.of());
        return Stream.of(match.map(PatternMatch::faults).stream().flatMap(Collection::stream), elsewhere(file, known),
                match.stream().flatMap(guarded -> stops(file))).flatMap(faults -> faults);
    }

    /** Says where the guaranteed steps of a file stand, if it has any. */
    Optional<PatternMatch> match(RouteFile file) {
        return Optional.ofNullable(table.get(name(file))).map(pattern -> PatternMatch.of(file, pattern));
    }

    private static String name(RouteFile file) {
        return file.folder().label() + "/" + file.stem();
    }

    /** Guaranteed calls at places that nobody guarantees: a second one, or one in another route. */
    private Stream<FactsFault> elsewhere(RouteFile file, Set<JsonPointer> known) {
        if (file.folder() == Folder.POLICIES) {
            return Stream.empty();
        }
        List<String> own = Optional.ofNullable(table.get(name(file))).stream()
                .flatMap(pattern -> calls(pattern.value())).toList();
        return file.nodes().stream().filter(node -> !known.contains(node.pointer()))
                .flatMap(node -> call(node.value()).filter(call -> own.contains(call) || homes.containsKey(call))
                        .stream().map(call -> misplaced(file, node, call)));
    }

    private FactsFault misplaced(RouteFile file, RouteNode node, String call) {
        return file.fault(node, "step `" + call + "` stands where it is no guaranteed step",
                "remove it, or put it where it belongs: " + homes.getOrDefault(call, Set.of(name(file))).stream()
                        .sorted().collect(Collectors.joining(", ")));
    }

    private static Stream<String> calls(JsonNode value) {
        return Stream.concat(call(value).stream(),
                StreamSupport.stream(value.spliterator(), false).flatMap(GuaranteedSteps::calls));
    }

    /** The bean and its method that a mapping calls. */
    private static Optional<String> call(JsonNode value) {
        boolean isCall = value.path("ref").isTextual() && value.path("method").isTextual();
        return isCall ? Optional.of(value.get("ref").asText() + "." + value.get("method").asText())
                : Optional.empty();
    }

    private static Stream<FactsFault> stops(RouteFile file) {
        return file.nodes().stream().filter(node -> ENDS.contains(node.key()))
                .map(node -> file.fault(node, "step `" + node.key() + "` among guaranteed steps",
                        "remove it: the guaranteed steps behind it would not run"));
    }
}
