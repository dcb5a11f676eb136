package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import fr.pennylanesync.settings.SettingsReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of docs/deploy start the program without rights, with a read-only root and a limit of memory. */
class DeploymentTest {

    private static final Path UNIT = Path.of("docs/deploy/pennylane-sync.service");
    private static final Path CONTAINER = Path.of("docs/deploy/Containerfile");
    private static final Path KUBERNETES = Path.of("docs/deploy/kubernetes.yaml");
    private static final String HEAP = "-XX:MaxRAMPercentage=33";
    /** Of ten, as systemd rates: what is below 2 is safe by its words. */
    private static final int EXPOSURE_MAX_TENTHS = 20;

    private static List<JsonNode> objects;

    @BeforeAll
    static void read() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        try (MappingIterator<JsonNode> documents =
                yaml.readerFor(JsonNode.class).readValues(KUBERNETES.toFile())) {
            objects = documents.readAll();
        }
    }

    @Test
    void systemdTakesTheUnitAndRatesItSafe(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "there is no systemd-analyze");
        // It looks for the program; on this machine Java may lie elsewhere.
        Path unit = Files.writeString(folder.resolve("pennylane-sync.service"), Files.readString(UNIT)
                .replace("/usr/bin/java ", Path.of(System.getProperty("java.home"), "bin/java") + " "));
        assertThat(run("systemd-analyze", "verify", "--man=no", unit.toString())).doesNotContain("pennylane-sync");
        assertThat(run("systemd-analyze", "security", "--offline=true", "--no-pager",
                "--threshold=" + EXPOSURE_MAX_TENTHS, unit.toString())).contains("Overall exposure level");
    }

    /** Fails where the program says that something is wrong. */
    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as("%s", output).isZero();
        return output;
    }

    @Test
    void theUnitLimitsMemoryAndTheHeapFollows() throws IOException {
        assertThat(Files.readAllLines(UNIT)).contains("NoNewPrivileges=true", "ProtectSystem=strict",
                "CapabilityBoundingSet=", "UMask=0077", "StateDirectoryMode=0700", "MemoryMax=1536M")
                .anyMatch(line -> line.startsWith("ExecStart=") && line.contains(HEAP) && !line.contains("-Xmx"));
    }

    @Test
    void theImageRunsAsANumberedUserThatOwnsNoProgram() throws IOException {
        List<String> lines = Files.readAllLines(CONTAINER);
        assertThat(lines).contains("USER 10001:10001").anyMatch(line -> line.contains(HEAP))
                .noneMatch(line -> line.startsWith("ADD "));
        assertThat(lines).filteredOn(line -> line.startsWith("COPY ")).isNotEmpty()
                .allMatch(line -> line.contains("--chown=root:root"));
        assertThat(String.join("\n", lines)).contains("--read-only", "--cap-drop=all", "no-new-privileges",
                "--memory=");
        assertThat(lines.lastIndexOf("USER 10001:10001")).as("nothing is installed by that user")
                .isGreaterThan(lines.stream().filter(line -> line.startsWith("RUN ")).mapToInt(lines::lastIndexOf)
                        .max().orElseThrow());
    }

    @Test
    void thePodHasNoRightsAndAReadOnlyRoot() {
        JsonNode pod = pod();
        JsonNode container = pod.at("/containers/0");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/enableServiceLinks").asBoolean(true)).isFalse();
        assertThat(pod.at("/terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(90);
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/observe/health/live");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/observe/health/ready");
    }

    @Test
    void thePodsVariablesAreSettingsAndItsSecretsStandElsewhere() {
        Set<String> settings = SettingsReference.markdownPage().lines().filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`")[1].toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(pod().at("/containers/0/env")).isNotEmpty().allSatisfy(variable -> {
            String name = variable.get("name").asText();
            assertThat(settings).contains(name);
            assertThat(variable.has("valueFrom")).as(name)
                    .isEqualTo(name.matches(".*(PASSWORD|SECRET_KEY|PRIVATE_KEY)"));
        });
    }

    private static JsonNode pod() {
        return objects.stream().filter(object -> object.at("/kind").asText().equals("Deployment")).findFirst()
                .orElseThrow().at("/spec/template/spec");
    }

    @Test
    void whoMayAskTheConsoleIsNamed() {
        assertThat(objects).anySatisfy(object -> {
            assertThat(object.at("/kind").asText()).isEqualTo("NetworkPolicy");
            assertThat(StreamSupport.stream(object.at("/spec/ingress/0/from").spliterator(), false)).isNotEmpty();
        });
    }
}
