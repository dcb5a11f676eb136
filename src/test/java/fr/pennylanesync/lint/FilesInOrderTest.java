package fr.pennylanesync.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fr.pennylanesync.stream.FactsFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In a copy of our own routes, steps of the archive are moved to where they break a guarantee: lint refuses the copy.
 */
class FilesInOrderTest {

    @TempDir
    Path routes;

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = routes.resolve(Path.of("routes").relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    @Test
    void theCopyItselfIsGood() {
        assertThat(RouteLint.check(routes)).isEmpty();
    }

    /** Each: a step, and the one before which it is put. */
    static Stream<Arguments> swaps() {
        return Stream.of(
                arguments("archive-company", "archive-company-streams", "archive-company-lease", "archive-streams"),
                arguments("archive-company", "archive-company-release", "archive-company-streams", "releaseLease"),
                arguments("archive-batch", "archive-batch-links", "archive-batch-bucket", "read-page"),
                arguments("archive-batch", "archive-batch-files", "archive-batch-missing", "split"),
                arguments("archive-batch", "archive-batch-end", "archive-batch-files", "endBatch"),
                arguments("archive-file", "archive-file-check", "archive-file-download", "check"),
                arguments("archive-file", "archive-file-outcome", "archive-file-check", "choice"),
                arguments("archive-file", "archive-file-put", "archive-file-once", "archive-put"),
                arguments("archive-file", "archive-file-transaction", "archive-file-new", "policy"),
                arguments("archive-file", "archive-file-record", "archive-file-new", "recordArchived"),
                arguments("archive-file", "archive-file-discard", "archive-file-check", "discard"),
                arguments("archive-put", "archive-put-strip", "archive-put-read-back", ""),
                arguments("archive-put", "archive-put-read-back", "archive-put-size", "readBack"),
                arguments("archive-put", "archive-put-read-back", "archive-put-adopt", "readBack"),
                arguments("archive-put", "archive-put-adopt", "archive-put-s3", "adopt"));
    }

    @ParameterizedTest
    @MethodSource("swaps")
    void aStepThatIsMovedIsNoticed(String file, String id, String before, String noticed) throws IOException {
        rewrite(file, lines -> {
            List<String> moved = new ArrayList<>(block(lines, id));
            lines.removeAll(moved);
            int at = lines.indexOf(block(lines, before).get(0));
            int shift = indent(lines.get(at)) - indent(moved.get(0));
            lines.addAll(at, moved.stream().map(line -> " ".repeat(indent(line) + shift) + line.strip()).toList());
        });

        if (noticed.isEmpty()) {
            assertThat(RouteLint.check(routes)).as("a move that breaks no guarantee").isEmpty();
        } else {
            assertRefused(file, noticed);
        }
    }

    @ParameterizedTest
    @CsvSource({"#archiveClient,#otherClient,`amazonS3Client` is not `#archiveClient`",
            "conditionalWritesEnabled: \"true\",conditionalWritesEnabled: \"false\","
                    + "`conditionalWritesEnabled` is not `true`",
            "conditionalWritesEnabled: \"true\",operation: deleteObject,"
                    + "the endpoint `aws2-s3` has no `conditionalWritesEnabled`",
            "conditionalWritesEnabled:,deleteAfterWrite: \"true\" & conditionalWritesEnabled:,"
                    + "the endpoint `aws2-s3` takes no `deleteAfterWrite` from a route"})
    void thePutCannotBeMadeToProveNothing(String from, String to, String rule) throws IOException {
        Path path = routes.resolve("steps/archive-put.camel.yaml");
        String good = Files.readString(path);
        assertThat(good).contains(from);
        Files.writeString(path, good.replace(from, to.replace(" & ", "\n" + " ".repeat(28))));

        assertThat(RouteLint.check(routes)).extracting(FactsFault::rule)
                .containsOnlyOnce(rule);
    }

    @Test
    void noOtherStepPuts() throws IOException {
        rewrite("archive-batch", lines -> lines.addAll(lines.indexOf(block(lines, "archive-batch-bucket").get(0)),
                List.of("              - to:", "                  id: archive-batch-x",
                        "                  uri: \"aws2-s3:{{archive.bucket}}\"", "                  parameters:",
                        "                    amazonS3Client: \"#archiveClient\"",
                        "                    conditionalWritesEnabled: \"true\"")));

        assertThat(RouteLint.check(routes)).extracting(FactsFault::rule)
                .containsExactly("the endpoint `aws2-s3` is none that steps/archive-batch may use there");
    }

    private void assertRefused(String file, String missed) {
        assertThat(RouteLint.check(routes)).anySatisfy(fault -> {
            assertThat(fault.file()).endsWith(file + ".camel.yaml");
            assertThat(fault.rule()).containsPattern("(step|call).*\\b" + missed + "\\b");
            assertThat(fault.line()).isPositive();
            assertThat(fault.remedy()).startsWith("put it ");
        });
    }

    private interface Edit {
        void apply(List<String> lines);
    }

    private void rewrite(String file, Edit edit) throws IOException {
        Path path = routes.resolve("steps/" + file + ".camel.yaml");
        List<String> lines = new ArrayList<>(Files.readAllLines(path));
        // Each line is told from all others, so that a block can be taken out by value.
        for (int i = 0; i < lines.size(); i++) {
            lines.set(i, lines.get(i) + " # " + i);
        }
        edit.apply(lines);
        Files.write(path, lines);
    }

    /** The item of a list whose id it is, with all that stands in it. */
    private static List<String> block(List<String> lines, String id) {
        int named = 0;
        while (!lines.get(named).matches(" *(- )?id: " + id + " #.*")) {
            named++;
        }
        int first = named;
        while (!begins(lines.get(first), first == named ? Integer.MAX_VALUE : indent(lines.get(named)))) {
            first--;
        }
        int end = first + 1;
        while (end < lines.size() && indent(lines.get(end)) > indent(lines.get(first))) {
            end++;
        }
        return List.copyOf(lines.subList(first, end));
    }

    private static boolean begins(String line, int inside) {
        return line.strip().startsWith("- ") && indent(line) < inside;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
