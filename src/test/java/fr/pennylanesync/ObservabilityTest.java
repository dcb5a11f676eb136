package fr.pennylanesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard and the rules that watch from outside are whole, and the rules do what they say. */
public class ObservabilityTest {

    private static final Path FOLDER = Path.of("docs/observability");
    private static final Path RULES = FOLDER.resolve("prometheus-rules.yaml");
    private static final Path DASHBOARD = FOLDER.resolve("grafana-dashboard.json");
    private static final Pattern METRIC = Pattern.compile("\\b(pennylane_sync_[a-z_]+|jvm_[a-z_]+)\\b");

    /** Are given by the one who scrapes. */
    private static final Set<String> OF_THE_SCRAPER = Set.of("job", "instance");
    /** Finds a label where a selector, a grouping, a legend, an annotation or a list of values names it. */
    private static final List<Pattern> LABELS = List.of(Pattern.compile("[{,]\\s*(\\w+)\\s*(?:=|!=|=~|!~)\\s*\""),
            Pattern.compile("\\bby \\(([^)]*)\\)"), Pattern.compile("\\{\\{(\\w+)}}"),
            Pattern.compile("\\$labels\\.(\\w+)"), Pattern.compile("label_values\\(\\w+, (\\w+)\\)"));
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Is one metric that a panel or a rule asks for, with the labels that it tells it apart by. */
    public record Watched(String metric, Set<String> labels) {}

    /** Returns what dashboard and rules ask for; the tests of the console hold it against its scrape. */
    public static List<Watched> watched() {
        try {
            List<String> questions = new ArrayList<>();
            JsonNode dashboard = YAML.readTree(text(DASHBOARD));
            dashboard.path("panels").forEach(panel -> panel.path("targets").forEach(target -> questions
                    .add(target.path("expr").asText() + " " + target.path("legendFormat").asText())));
            dashboard.path("templating").path("list").forEach(list -> questions.add(list.path("query").asText()));
            YAML.readTree(text(RULES)).findValues("rules").forEach(rules -> rules.forEach(rule -> questions
                    .add(rule.path("expr").asText() + " " + rule.path("annotations"))));
            return questions.stream().flatMap(ObservabilityTest::watched).distinct().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Watched> watched(String question) {
        Set<String> labels = LABELS.stream().flatMap(label -> label.matcher(question).results())
                .flatMap(found -> Stream.of(found.group(1).split(",\\s*")))
                .filter(label -> !OF_THE_SCRAPER.contains(label)).collect(Collectors.toCollection(TreeSet::new));
        return METRIC.matcher(question).results().map(MatchResult::group).distinct()
                .map(metric -> new Watched(metric, labels));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** A name that the sources do not hold is measured by nobody. */
    @Test
    void everyMetricThatIsWatchedIsOneOfTheProgram() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> sources.append(text(file)));
        }
        assertThat(watched()).extracting(Watched::metric).hasSizeGreaterThan(15)
                .filteredOn(name -> name.startsWith("pennylane_sync_"))
                .allSatisfy(name -> assertThat(sources).contains("\"" + name + "\""));
    }

    @Test
    void theDashboardHasPanelsThatDoNotOverlapAndEachAsksSomething() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(text(DASHBOARD));
        Set<String> cells = new HashSet<>();

        assertThat(dashboard.path("panels")).hasSizeGreaterThan(10).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty()
                    .allSatisfy(target -> assertThat(target.path("expr").asText()).isNotBlank());
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < at.path("w").asInt(); x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                    assertThat(cells.add((at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y))).isTrue();
                }
            }
        });
        assertThat(dashboard.path("panels")).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check rules prometheus-rules.yaml", "test rules prometheus-rules-test.yaml"})
    void promtoolFindsTheRulesGood(String arguments) throws Exception {
        Optional<Path> promtool = DebianTool.path("promtool", "prometheus");
        assumeThat(promtool).as("promtool, of Debian's package prometheus").isPresent();
        List<String> command = new ArrayList<>(List.of(promtool.get().toString()));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
