package fr.pennylanesync.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each operation with which Pennylane lets one read is read, or the page of coverage says why not. */
class CoverageTest {

    private static final Path RESOURCES = Path.of("src/test/resources/api");
    private static final Path PAGE = Path.of("docs/reference/coverage.md");
    private static final String ID = "{id}";

    private final StreamCatalog catalog = StreamCatalog.load(Path.of("routes"), Map.of());

    @Test
    void everyDocumentedOperationIsReadOrExplained() throws IOException {
        Map<String, String> otherwise = otherwise();
        Map<String, String> how = new TreeMap<>();
        for (String operation : operations()) {
            Optional<String> read = read(operation);
            assertThat(read.isPresent() && otherwise.containsKey(operation)).as(operation + " is read, yet explained")
                    .isFalse();
            read.or(() -> Optional.ofNullable(otherwise.get(operation))).ifPresent(text -> how.put(operation, text));
        }

        assertThat(how.keySet()).containsExactlyElementsOf(operations());
        assertThat(operations()).containsAll(otherwise.keySet());
        fresh(how);
    }

    @Test
    void everyStreamReadsADocumentedOperation() throws IOException {
        List<String> operations = operations();

        assertThat(catalog.all()).filteredOn(stream -> !stream.path().isEmpty())
                .allSatisfy(stream -> assertThat(operations).contains(general(stream.path())));
    }

    private Optional<String> read(String operation) {
        String list = operation.endsWith("/" + ID) ? operation.substring(0, operation.length() - ID.length() - 1) : "";
        return stream(operation).map(stream -> "Stream `" + stream.name() + "`" + (stream.enabled() ? ""
                : ", off unless `streams." + stream.name() + ".enabled=true`") + ".")
                .or(() -> feed(operation)).or(() -> stream(list).map(
                        stream -> "The same record as in `" + stream.name() + "`."));
    }

    private Optional<StreamDefinition> stream(String operation) {
        return catalog.all().stream()
                .filter(stream -> !stream.path().isEmpty() && general(stream.path()).equals(operation)).findFirst();
    }

    private Optional<String> feed(String operation) {
        String feed = operation.substring(operation.lastIndexOf('/') + 1);
        String streams = catalog.all().stream().filter(stream -> stream.feeds().containsKey(feed))
                .map(stream -> "`" + stream.name() + "`").sorted().collect(Collectors.joining(", "));
        return operation.startsWith("/changelogs/") && !streams.isEmpty()
                ? Optional.of("The changelog of " + streams + ".")
                : Optional.empty();
    }

    private static String general(String path) {
        return path.replace("{parent}", ID);
    }

    private static List<String> operations() throws IOException {
        return Files.readAllLines(RESOURCES.resolve("get-operations.txt"));
    }

    private static Map<String, String> otherwise() throws IOException {
        return new YAMLMapper().readValue(RESOURCES.resolve("read-otherwise.yaml").toFile(), new TypeReference<>() {});
    }

    private static void fresh(Map<String, String> how) throws IOException {
        StringBuilder page = new StringBuilder("""
                # What is read of Pennylane

                Every operation with which Pennylane's API lets a company's data be read, and where it lands. Refresh it
                with `mvn -q test -Dtest=CoverageTest -Dreference.update=true`.

                | operation | read |
                |---|---|
                """);
        how.forEach((operation, text) -> page.append("| `GET ").append(operation).append("` | ").append(text)
                .append(" |\n"));
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
    }
}
