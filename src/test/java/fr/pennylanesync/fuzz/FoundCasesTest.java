package fr.pennylanesync.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.api.budget.RateHeadersFuzzTest;
import fr.pennylanesync.api.page.PageReaderFuzzTest;
import fr.pennylanesync.archive.download.ContentKindFuzzTest;
import fr.pennylanesync.archive.parser.ParsesFuzzTest;
import fr.pennylanesync.audit.FecParserFuzzTest;
import fr.pennylanesync.hash.CanonicalJsonFuzzTest;
import fr.pennylanesync.lint.RouteLintFuzzTest;
import fr.pennylanesync.token.TokenFileFuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a fuzzer once found stays found: each file of src/test/resources/fuzz lies in a folder of its target. */
class FoundCasesTest {

    /** Calls one target. */
    private interface Target {
        void check(byte[] input) throws IOException;
    }

    private static final Path CASES = Path.of("src/test/resources/fuzz");
    private static final Map<String, Target> TARGETS = Map.of(
            "api.budget.RateHeaders", RateHeadersFuzzTest::fuzzerTestOneInput,
            "api.page.PageReader", PageReaderFuzzTest::fuzzerTestOneInput,
            "archive.download.ContentKind", ContentKindFuzzTest::fuzzerTestOneInput,
            "archive.parser.Parses", ParsesFuzzTest::fuzzerTestOneInput,
            "audit.FecParser", FecParserFuzzTest::fuzzerTestOneInput,
            "hash.CanonicalJson", CanonicalJsonFuzzTest::fuzzerTestOneInput,
            "lint.RouteLint", RouteLintFuzzTest::fuzzerTestOneInput,
            "token.TokenFile", TokenFileFuzzTest::fuzzerTestOneInput);

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.walk(CASES)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void staysFound(Path file) throws IOException {
        TARGETS.get(file.getParent().getFileName().toString()).check(Files.readAllBytes(file));
    }

    @Test
    void everyFolderIsATarget() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            assertThat(folders.map(folder -> folder.getFileName().toString())).isNotEmpty()
                    .allMatch(TARGETS::containsKey);
        }
    }
}
