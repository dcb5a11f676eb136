package fr.pennylanesync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import fr.pennylanesync.failure.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the names on docs/ARCHITECTURE.md, and its way from HTTP to table, against classes and routes. */
class ArchitecturePageTest {

    private static final Path PAGE = Path.of("docs/ARCHITECTURE.md");
    private static final String WAY = "| step | class and method | what to read it for |";
    private static final String PICTURE = "```";
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern CLASS = Pattern.compile("([A-Z][A-Za-z0-9]+)(?:\\.([a-z]\\w*))?");
    private static final Pattern ROUTE_LINE = Pattern.compile("^[ │]*[└├]? ?([a-z]+(?:-[a-z]+)+)(?: .*)?$");
    /** Names that stand for themselves: commands, settings, a package of Camel's and a command line. */
    private static final Set<String> OTHERS = Set.of("sync", "demo", "lint", "pennylane.base-url", "org.apache.camel",
            "fr.pennylanesync", "/me", "mvn -q test -Dtest=ArchitectureTest -Dreference.update=true");

    private static final Map<String, List<JavaClass>> CLASSES = new HashMap<>();
    /** Every name and every text of the routes, but for those of streams: ids, keys, methods, beans. */
    private static final Set<String> WORDS = new TreeSet<>();
    /** The ids of steps in the order in which a sync passes them; a step that calls a route comes before its steps. */
    private static final List<String> STEPS = new ArrayList<>();
    private static final Map<String, JsonNode> ROUTES = new HashMap<>();
    private static final Map<String, String> METHODS = new HashMap<>();

    /** One row of the page's way: a step, and what is called behind it. */
    record Row(String step, List<String> calls) {}

    @BeforeAll
    static void read() throws IOException {
        OurClasses.ALL.forEach(type -> CLASSES.computeIfAbsent(type.getSimpleName(), name -> new ArrayList<>())
                .add(type));
        for (String folder : List.of("jobs", "steps", "policies")) {
            try (Stream<Path> files = Files.list(Path.of("routes", folder))) {
                for (Path file : files.toList()) {
                    JsonNode root = new YAMLMapper().readTree(file.toFile());
                    words(root);
                    ROUTES.put(file.getFileName().toString().replaceFirst("\\..*", ""), root);
                }
            }
        }
        steps(ROUTES.get("sync-companies"), Set.of("sync-companies"));
    }

    private static void words(JsonNode node) {
        if (node.isValueNode()) {
            WORDS.add(node.asText());
        }
        node.properties().forEach(field -> WORDS.add(field.getKey()));
        node.forEach(ArchitecturePageTest::words);
    }

    /** @param callers the routes that are under way: a stream calls the routes of its children, which are alike */
    private static void steps(JsonNode node, Set<String> callers) {
        if (node.isObject() && node.has("id")) {
            STEPS.add(node.get("id").asText());
            METHODS.put(node.get("id").asText(), node.path("method").asText());
        }
        String route =
                node.path("uri").asText().replace("direct:", "").replace("${variable.streamName}", "sync-stream");
        if (node.has("uri") && ROUTES.containsKey(route) && !callers.contains(route)) {
            Set<String> further = new TreeSet<>(callers);
            further.add(route);
            steps(ROUTES.get(route), further);
        }
        node.forEach(inner -> steps(inner, callers));
    }

    static List<String> names() throws IOException {
        return CODE.matcher(prose(Files.readString(PAGE))).results().map(code -> code.group(1)).distinct().toList();
    }

    /** The page without its picture. */
    private static String prose(String page) {
        String[] parts = page.split(PICTURE);
        return IntStream.range(0, parts.length).filter(i -> i % 2 == 0).mapToObj(i -> parts[i])
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatThePageNamesIsThere(String name) {
        assertThat(isKnown(name)).as(name).isTrue();
    }

    private static boolean isKnown(String name) {
        return OTHERS.contains(name) || WORDS.contains(name) || isPackage(name) || isClass(name) || isErrorCode(name)
                || name.startsWith("routes/") && Files.exists(Path.of(name));
    }

    private static boolean isPackage(String name) {
        return PackageLayers.RULES.stream().anyMatch(rule -> rule.name().equals(name));
    }

    private static boolean isClass(String name) {
        var parts = CLASS.matcher(name);
        if (name.equals(ArchitectureTest.class.getSimpleName())) {
            return true;
        }
        return parts.matches() && CLASSES.getOrDefault(parts.group(1), List.of()).stream()
                .anyMatch(type -> parts.group(2) == null || type.getAllMethods().stream()
                        .anyMatch(method -> method.getName().equals(parts.group(2))));
    }

    private static boolean isErrorCode(String name) {
        return OurClasses.ALL.stream().filter(type -> type.isEnum() && type.isAssignableTo(ErrorCode.class))
                .anyMatch(type -> type.tryGetField(name).isPresent());
    }

    /** Whoever finds a route in the picture finds its file, and every route of a sync and of the archive is in it. */
    @Test
    void thePictureNamesTheRoutes() throws IOException {
        List<String> drawn = Files.readString(PAGE).split(PICTURE)[1].lines().map(ROUTE_LINE::matcher)
                .filter(line -> line.matches()).map(line -> line.group(1)).toList();

        assertThat(drawn).doesNotHaveDuplicates().isSubsetOf(ROUTES.keySet());
        assertThat(drawn).containsAll(ROUTES.entrySet().stream().filter(route -> route.getValue().get(0).has("route"))
                .map(Map.Entry::getKey).filter(route -> !Set.of("refresh-companies", "housekeeping").contains(route))
                .toList());
    }

    static List<Row> way() throws IOException {
        return Files.readString(PAGE).lines().dropWhile(line -> !line.equals(WAY)).skip(2)
                .takeWhile(line -> line.startsWith("|")).map(line -> line.split("\\|"))
                .map(cells -> new Row(codes(cells[1]).get(0), codes(cells[2]))).toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
    }

    @Test
    void theStepsOfTheWayComeInTheirOrder() throws IOException {
        List<Row> way = way();
        assertThat(way).hasSizeGreaterThan(10);
        // The idempotent consumer is passed twice: its key is added before its steps, and confirmed after them.
        List<String> once = way.stream().map(Row::step).distinct().toList();
        assertThat(STEPS).containsSubsequence(once);
    }

    /** A step that is a bean calls the first method; each method calls the next, whatever interface lies between. */
    @ParameterizedTest
    @MethodSource("way")
    void eachOfARowIsReachedFromTheOneBefore(Row row) {
        String method = METHODS.get(row.step());
        assertThat(method.isEmpty() || row.calls().get(0).endsWith("." + method)).as("%s calls %s", row.step(), method)
                .isTrue();
        for (int i = 1; i < row.calls().size(); i++) {
            String from = row.calls().get(i - 1);
            String to = row.calls().get(i);
            assertThat(reaches(from, to)).as("%s reaches %s", from, to).isTrue();
        }
    }

    private static boolean reaches(String from, String to) {
        JavaClass origin = type(from);
        JavaClass target = type(to);
        String[] parts = to.split("\\.");
        Stream<JavaCodeUnit> units = Stream.concat(Stream.of(origin), origin.getAllRawSuperclasses().stream())
                .flatMap(type -> type.getCodeUnits().stream());
        if (parts.length == 1) {
            return units.anyMatch(unit -> unit.getCallsFromSelf().stream()
                    .anyMatch(call -> call.getTargetOwner().equals(target))
                    || Arrays.stream(new Object[] {unit.getRawReturnType(), unit.getRawParameterTypes()})
                            .anyMatch(used -> used.equals(target)
                                    || used instanceof List<?> many && many.contains(target)));
        }
        return units.anyMatch(unit -> Stream.concat(unit.getMethodCallsFromSelf().stream(),
                unit.getMethodReferencesFromSelf().stream())
                .anyMatch(call -> call.getTarget().getName().equals(parts[1])
                        && target.isAssignableTo(call.getTargetOwner().getName())));
    }

    private static JavaClass type(String name) {
        return CLASSES.get(name.split("\\.")[0]).get(0);
    }
}
